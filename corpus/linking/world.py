"""The invented world: regions with real towns, invented outlets with their habits, sides, people. No incident in it took place."""

from __future__ import annotations

from typing import NamedTuple


class Outlet(NamedTuple):
    """An outlet: `habit` how it writes (wire, local, monitor, aggregator, translator, radio), `region` where, "*" everywhere."""

    name: str
    habit: str
    region: str


OUTLETS = (
    Outlet("Levant Wire", "wire", "*"),
    Outlet("Meridian Press Agency", "wire", "*"),
    Outlet("Worldline Digest", "aggregator", "*"),
    Outlet("Frontpage Mirror", "aggregator", "*"),
    Outlet("Open Translation Desk", "translator", "*"),
    Outlet("Yarmouk Tribune", "local", "hawran"),
    Outlet("Hawran Voice", "radio", "hawran"),
    Outlet("Jawlan Register", "monitor", "hawran"),
    Outlet("Al-Masira Monthly", "local", "hawran"),
    Outlet("Orontes Daily", "local", "idlib"),
    Outlet("Zaytoun Post", "radio", "idlib"),
    Outlet("Sarmada Observatory", "monitor", "idlib"),
    Outlet("Al-Rawabi News", "local", "idlib"),
    Outlet("Kordofan Courier", "local", "kordofan"),
    Outlet("Radio Nubat", "radio", "kordofan"),
    Outlet("Gezira Gazette", "local", "kordofan"),
    Outlet("Nile Incident Tracker", "monitor", "kordofan"),
    Outlet("Slobidka Herald", "local", "kharkiv"),
    Outlet("Donets Radio", "radio", "kharkiv"),
    Outlet("Oskil Observer", "local", "kharkiv"),
    Outlet("Steppe Security Log", "monitor", "kharkiv"),
    Outlet("Kivu Matin", "local", "kivu"),
    Outlet("Radio Semliki", "radio", "kivu"),
    Outlet("Ruwenzori Reporter", "local", "kivu"),
    Outlet("Great Lakes Barometer", "monitor", "kivu"),
)

TOWNS: dict[str, tuple[str, ...]] = {
    "hawran": ("Inkhil", "Jasim", "Tasil", "Al Hirak", "Busra al-Harir"),
    "idlib": ("Sarmin", "Binnish", "Kafr Takharim", "Kafr Nabl", "Salqin"),
    "kordofan": ("Um Rawaba", "Er Rahad", "El Obeid", "Kosti", "Dilling"),
    "kharkiv": ("Izium", "Balakliia", "Kupiansk", "Chuhuiv", "Lozova"),
    "kivu": ("Beni", "Butembo", "Rutshuru", "Oicha", "Lubero"),
}
COUNTRIES = {"hawran": "SYR", "idlib": "SYR", "kordofan": "SDN", "kharkiv": "UKR", "kivu": "COD"}

FORCES: dict[str, tuple[tuple[str, str, str], ...]] = {  # (with its article, type, country or nothing)
    "hawran": (
        ("the Fifth Corps", "state_forces", "SYR"),
        ("military security", "state_forces", "SYR"),
        ("the Syrian army", "state_forces", "SYR"),
    ),
    "idlib": (
        ("the Syrian army", "state_forces", "SYR"),
        ("Hayat Tahrir al-Sham", "armed_group", ""),
        ("the National Front for Liberation", "armed_group", ""),
    ),
    "kordofan": (
        ("the Rapid Support Forces", "armed_group", "SDN"),
        ("the Sudanese army", "state_forces", "SDN"),
        ("the Joint Force", "armed_group", "SDN"),
    ),
    "kharkiv": (
        ("Russian forces", "state_forces", "RUS"),
        ("Ukrainian troops", "state_forces", "UKR"),
        ("the border guards", "state_forces", "UKR"),
    ),
    "kivu": (
        ("the M23 rebels", "armed_group", "COD"),
        ("the Congolese army", "state_forces", "COD"),
        ("Mai-Mai fighters", "armed_group", "COD"),
    ),
}
HOLDERS: dict[str, tuple[str, ...]] = {
    "hawran": ("the Interior Ministry", "the Daraa Police Command", "the Civil Protection Office"),
    "idlib": ("the White Cedar Rescue Service", "the Defence Ministry", "the Idlib Health Directorate"),
    "kordofan": ("the Emergency Lawyers Union", "the North Kordofan Government", "the Doctors' Network"),
    "kharkiv": ("the Kharkiv Prosecutor's Office", "the General Staff", "the Regional Emergency Service"),
    "kivu": ("the Civil Society of North Kivu", "the Provincial Government", "the Bishop's Commission"),
}
FIRST: dict[str, str] = {
    "hawran": "Mahmoud Khaled Yasser Amjad Ruba Hamza Nidal Wisam Samar Anas",
    "idlib": "Abdullah Mustafa Rami Hala Bassel Zakaria Muhannad Nour Fadi Huda",
    "kordofan": "Adam Hassan Amna Osman Fatima Tijani Bashir Musa Siddig Hawa",
    "kharkiv": "Oleh Iryna Mykola Serhii Oksana Petro Taras Halyna Andrii Natalia",
    "kivu": "Jean Espérance Kambale Paluku Masika Dieudonné Furaha Célestin Kavira Moïse",
}
LAST: dict[str, str] = {
    "hawran": "al-Masri al-Zoubi Hariri al-Rifai Abu-Zeid Mahamid al-Sayyed Qaddah Nassar Hourani",
    "idlib": "Shawa Kayyali Najjar Hamdan Sattouf Barakat Jumaa Qassem Haj-Hassan Diab",
    "kordofan": "Adlan Ibrahim Suleiman Kuku Tutu Hamdan al-Nour Idris Bakhit Jaafar",
    "kharkiv": "Koval Bondar Savchenko Lysenko Moroz Tkach Hrytsenko Polishchuk Rudenko Marchuk",
    "kivu": "Muhindo Katembo Mbusa Kasereka Ndungo Vahwere Bahati Syaluha Kyaviro Musavuli",
}
QUARTERS = (
    "the northern quarter",
    "the old quarter",
    "the railway quarter",
    "the eastern suburb",
    "the tanners' quarter",
    "the lower town",
)
KINDS = {
    "shelling": ("ASSAULT", "heavy-weapons", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "drone": ("ASSAULT", "drone", "Explosions/Remote violence", "Air/drone strike"),
    "ied": ("ASSAULT", "explosives", "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "ambush": ("ASSAULT", "firearms", "Battles", "Armed clash"),
    "raid": ("COERCE", "arrest", "Strategic developments", "Arrests"),
    "abduction": ("ASSAULT", "abduct", "Violence against civilians", "Abduction/forced disappearance"),
    "clash": ("ASSAULT", "firearms", "Battles", "Armed clash"),
    "protest": ("PROTEST", "demo", "Protests", "Peaceful protest"),
}
DEADLY = ("shelling", "drone", "ied", "ambush", "clash")
VICTIMS = {
    "shelling": ("people", "civilians", "shoppers", "residents"),
    "drone": ("people", "soldiers", "fighters", "civilians"),
    "ied": ("soldiers", "policemen", "guards"),
    "ambush": ("soldiers", "policemen", "guards"),
    "clash": ("fighters", "people", "soldiers"),
}
CAPTIVES = ("young men", "traders", "teachers", "students", "farmers", "aid workers", "drivers")
