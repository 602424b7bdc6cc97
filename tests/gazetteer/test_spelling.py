"""Spellings that are one name, and names that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.gazetteer import plain, similarity, skeleton
from whence.gazetteer.spelling import SAME

SAME_NAME = """
Khirbet Ghazala = Khirbat Ghazālah
Deraa = Daraa
Dar‘ā = Deraa
Jasim = Jassim
Sweida = As-Suwayda
Soueida = Suwayda
Suweida = Sweida
Deir ez-Zor = Dayr az-Zawr
Deir Ezzor = Deir al-Zor
Deir al-Zour = Dayr az Zawr
Raqqa = Ar-Raqqah
Rakka = Raqqa
Idlib = Idleb
Hama = Ḩamāh
Hasaka = Al-Hasakah
Hassakeh = Al Ḩasakah
Latakia = Lattakia
Tartus = Tartous
Qamishli = Al-Qamishli
Qamishly = Qamishli
Quneitra = Al-Qunaytirah
Kuneitra = Quneitra
Nawa = Nawá
Tafas = Ţafas
Dael = Dā‘il
Sanamayn = As-Sanamein
Sanamein = Aş Şanamayn
Sheikh Maskin = Ash-Shaykh Miskin
Busra al-Sham = Buşrá ash Shām
Bosra al-Sham = Busra ash-Sham
Al-Shajara = Ash Shajarah
Muzayrib = Al-Muzeirib
Zabadani = Az-Zabadani
Douma = Dūmā
Harasta = Ḩarastā
Saqba = Saqbā
Kafr Nabl = Kafr Nabel
Kafr Takharim = Kafr Takhārīm
Saraqib = Sarāqib
Maarat Misrin = Ma‘arrat Mişrīn
Jisr al-Shughur = Jisr ash-Shughur
Jisr al-Shughour = Jisr al-Shughur
Salqin = Salqīn
Al-Bab = Al Bāb
Manbij = Manbej
Jarablus = Jarabulus
Azaz = A‘zāz
Afrin = ‘Afrīn
Tadmur = Tadmor
Mayadin = Al-Mayadeen
Tikrit = Tikreet
Samarra = Sāmarrā’
Baiji = Bayji
Fallujah = Al-Falluja
Falluja = Al Fallūjah
Ramadi = Ar-Ramadi
Hadithah = Haditha
Rutba = Ar-Rutbah
Tal Afar = Tall ‘Afar
Telafar = Tall Afar
Hawija = Al Ḩawījah
Nasiriya = An-Nasiriyah
Amarah = Al-Amara
Kut = Al-Kut
Basra = Al-Basrah
Najaf = An-Najaf
Kufa = Al-Kufah
Halabja = Halabjah
Zakho = Zakhu
Dohuk = Duhok
Sulaymaniyah = Sulaimaniya
Suleimaniya = As-Sulaymaniyah
Sanaa = Şan‘ā’
Taiz = Ta‘izz
Ibb = Ibb
Hodeida = Al-Hudaydah
Hudaydah = Al Ḩudaydah
Mukalla = Al-Mukalla
Zinjibar = Zinjibār
Lahij = Laḩij
Dhamar = Dhamār
Shabwa = Shabwah
Misrata = Mişrātah
Zawiya = Az-Zawiyah
Benghazi = Banghāzī
Tobruk = Tubruq
Derna = Darnah
Sabha = Sabhā
Zuwara = Zuwarah
Ajdabiya = Ajdābiyā
Khan Younis = Khān Yūnis
Khan Yunis = Khan Younes
Rafah = Rafaḩ
Jabalia = Jabālyā
Deir al-Balah = Dayr al Balaḩ
Nuseirat = An-Nusayrat
Jenin = Janīn
Tulkarm = Ţūlkarm
Qalqilya = Qalqīlyah
Ramallah = Rāmallāh
Omdurman = Umm Durmān
El Fasher = Al-Fashir
Al Fashir = El-Fasher
Nyala = Nyālā
El Obeid = Al-Ubayyid
El Daein = Ed Daein
Kassala = Kasalā
Wad Medani = Wad Madanī
Kosti = Kūstī
Sennar = Sannār
Kharkiv = Kharkív
Lyman = Liman
Izium = Izyum
Kupiansk = Kupyansk
Sloviansk = Slovyansk
Kramatorsk = Kramators’k
Donetsk = Donets’k
Luhansk = Luhans’k
Zaporizhzhia = Zaporizhzhya
Zaporizhia = Zaporizhzhia
Sievierodonetsk = Severodonetsk
Lysychansk = Lisichansk
Khmelnytskyi = Khmelnitsky
Vinnytsia = Vinnytsya
Odesa = Odessa
Lviv = L’viv
Mekelle = Mek’ele
Mekele = Mekelle
Aksum = Axum
Adwa = Ādwa
Dessie = Desē
Gondar = Gonder
Bahir Dar = Bahar Dar
Shire = Shirē
Adigrat = Ādīgrat
Ouagadougou = Wagadugu
Djibo = Jibo
Bamako = Bamakó
Segou = Ségou
Abeche = Abéché
N'Djamena = Ndjamena
Djenne = Djenné
Menaka = Ménaka
Hpakant = Phakant
Myitkyina = Myitkyīnā
Kandahar = Qandahar
Kunduz = Qunduz
Herat = Hirat
Jalalabad = Jalālābād
Lashkar Gah = Lashkargah
Mazar-i-Sharif = Mazār-e Sharīf
St. Petersburg = Saint Petersburg
St Louis = St. Louis
The Hague = Hague
"""

NOT_THE_SAME = """
Daraya ~ Daraa
Daraya ~ Deraa
Homs ~ Hama
Hama ~ Hamas
Tartus ~ Tarsus
Idlib ~ Irbil
Mosul ~ Masol Bay
Basra ~ Bosnia
Basra ~ Busan
Baghdad ~ Bagdarin
Karbala ~ Kabala
Najaf ~ Najd
Kufa ~ Koforidua
Ramadi ~ Ramallah
Haifa ~ Hofuf
Gaza ~ Giza
Giza ~ Jizan
Jenin ~ Jinan
Rafah ~ Raffles
Nablus ~ Naples
Hebron ~ Heber
Aden ~ Adana
Aden ~ Eden Prairie
Taiz ~ Taza
Saada ~ Sanaa
Sanaa ~ Sinai
Ibb ~ Abha
Marib ~ Maribor
Lahij ~ Lahore
Tripoli ~ Tripura
Misrata ~ Masrawi
Sirte ~ Sarrat
Tobruk ~ Tabuk
Derna ~ Dorna
Derna ~ Adrian
Sabha ~ Subh
Kufra ~ Kafr
Khartoum ~ Kharkiv
Kharkiv ~ Kherson
Kharkiv ~ Karkov Bay
Kosti ~ Kasota
Kassala ~ Kasai
Nyala ~ Nala
Nyala ~ Noyal
El Obeid ~ El Abed
Omdurman ~ Amderma
Dongola ~ Angola
Merowe ~ Meru
Kutum ~ Kitwe
Malakal ~ Malakand
Bor ~ Bari
Wau ~ Wa
Juba ~ Jubba Dam
Goma ~ Gomel
Goma ~ Oma
Beni ~ Benin
Bunia ~ Bunya Siding
Bukavu ~ Bukovo Selo
Uvira ~ Evora
Gao ~ Goa
Mopti ~ Moputo
Kidal ~ Kodal
Kayes ~ Kiyas
Segou ~ Sagaing
Niamey ~ Niimi
Diffa ~ Doufa
Maradi ~ Moradi
Zinder ~ Sunder
Agadez ~ Agadir
Bama ~ Abomey
Yola ~ Ayla
Jos ~ Jes
Kano ~ Kenya
Kaduna ~ Kadoma
Bangui ~ Bangor
Bria ~ Bira
Pemba ~ Bemba
Palma ~ Alma
Mekelle ~ Makalu
Axum ~ Exmouth
Dessie ~ Odessa
Harar ~ Harare
Gondar ~ Gander
Kyiv ~ Kovel
Lviv ~ Levy
Lviv ~ Lovo
Sumy ~ Samoa
Poltava ~ Poltavka
Odesa ~ Edessa
Izium ~ Izmir
Bucha ~ Buchach
Irpin ~ Arpin
Melitopol ~ Mariupol
Mariupol ~ Mykolaiv
Donetsk ~ Donskoy
Luhansk ~ Lubansk
Avdiivka ~ Andriivka
Kherson ~ Cherson Hill
Soledar ~ Soldier
Yangon ~ Yanan
Bago ~ Bagan
Sittwe ~ Sato
Loikaw ~ Likoma
Hakha ~ Haka Hu
Kandahar ~ Kandhamal
Kunduz ~ Kunar
Herat ~ Heart Lake
Ghazni ~ Ghazir
Farah ~ Faro
Kabul ~ Kabala
Quetta ~ Qatar
Iran ~ Iraq
Iran ~ Oran
Mali ~ Malawi
Niger ~ Nigeria
Guinea ~ Guyana
Austria ~ Australia
"""


def rows(table: str, mark: str) -> list[tuple[str, str]]:
    return [(a.strip(), b.strip()) for a, b in (line.split(f" {mark} ") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("one", "two"), rows(SAME_NAME, "="))
def test_variants_meet(one: str, two: str) -> None:
    assert plain(one) == plain(two) or similarity(one, two) >= SAME


@pytest.mark.parametrize(("one", "two"), rows(NOT_THE_SAME, "~"))
def test_near_names_stay_apart(one: str, two: str) -> None:
    assert plain(one) != plain(two)
    assert similarity(one, two) < SAME


def test_enough_rows() -> None:
    assert len(rows(SAME_NAME, "=")) >= 150
    assert len(rows(NOT_THE_SAME, "~")) >= 100


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_even_and_bounded(one: str, two: str) -> None:
    assert similarity(one, two) == similarity(two, one)
    assert 0.0 <= similarity(one, two) <= 1.0
    assert plain(plain(one)) == plain(one)
    assert skeleton(one) == skeleton(one)
