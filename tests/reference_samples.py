"""Files laid out as the public data sets of people and offices have them, about people who do not exist."""

CURRENT = """\
- id: {bioguide: Q000001, govtrack: 900001}
  name: {first: Wanda, middle: Sue, last: Quillfeather, suffix: Jr., nickname: Wendy, official_full: Wanda S. Quillfeather}
  other_names:
  - {last: Oakes, end: '2003-05-01'}
  terms:
  - {type: rep, start: '2001-01-03', end: '2003-01-03', state: OH, district: 3}
  - {type: rep, start: '2003-01-07', end: '2005-01-03', state: OH, district: 3}
  - {type: rep, start: '2011-01-05', end: '2013-01-03', state: OH, district: 4}
  - {type: sen, start: '2013-01-03', end: '2019-01-03', state: OH, class: 1}
  - {type: sen, start: '2019-01-03', end: '2025-01-03', state: OH, class: 1}
- id: {bioguide: M000001}
  name: {first: John, last: Marshbank}
  terms:
  - {type: rep, start: '2017-01-03', end: '2019-01-03', state: ME, district: 1}
  - {type: rep, start: '2019-01-03', end: '2021-01-03', state: ME, district: 1}
"""
HISTORICAL = """\
- id: {bioguide: M000002}
  name: {first: John, last: Marshbank}
  terms:
  - {type: rep, start: '1999-01-06', end: '2018-01-03', state: NV, district: 2}
- id: {bioguide: O000009}
  name: {first: Obadiah, last: Thistlewood}
  terms:
  - {type: sen, start: 1811-03-04, end: 1817-03-03, state: VT, class: 3}
"""
STATE = "ocd-jurisdiction/country:us/state:{}/government"
OPENSTATES = {
    "oh/executive/Nora-Hazelwood-0b9c2c1e-1111-4fae-9efa-a7bf0a0cb2cc.yml": f"""\
id: ocd-person/0b9c2c1e-1111-4fae-9efa-a7bf0a0cb2cc
name: Nora Hazelwood
given_name: Eleanor
family_name: Hazelwood
gender: Female
birth_date: '1961-12-30'
image: https://governor.example.org/hazelwood.jpg
party:
- name: Independent
roles:
- end_date: '2023-01-09'
  jurisdiction: {STATE.format("oh")}
  start_date: '2019-01-14'
  type: governor
- district: '4'
  end_date: '2018-12-31'
  jurisdiction: {STATE.format("oh")}
  start_date: 2011-01-03
  type: upper
contact_details:
- note: Capitol Office
  address: 1 Statehouse Square; Columbus, OH 43215
  voice: 614-555-0100
ids:
  twitter: NotToBeTaken
sources:
- url: https://governor.example.org/
links:
- note: webform
  url: https://governor.example.org/write
""",
    "me/legislature/John-Marshbank-0b9c2c1e-2222-4fae-9efa-a7bf0a0cb2cc.yml": f"""\
id: ocd-person/0b9c2c1e-2222-4fae-9efa-a7bf0a0cb2cc
name: John Marshbank
email: not.to.be.taken@legislature.example.org
party:
- name: Independent
roles:
- start_date: '2018-12-05'
  type: lower
  jurisdiction: {STATE.format("me")}
  district: '9'
offices:
- classification: capitol
  address: 2 State House Station;Augusta, ME 04333
  voice: 207-555-0100
other_names:
- name: Johnny Marshbank
other_identifiers:
- scheme: legacy_openstates
  identifier: MEL900001
extras:
  district_name: Gorham
""",
    "me/municipalities/Ike-Fernsby-0b9c2c1e-3333-4fae-9efa-a7bf0a0cb2cc.yml": """\
id: ocd-person/0b9c2c1e-3333-4fae-9efa-a7bf0a0cb2cc
name: Ike Fernsby
given_name: Ike
family_name: Fernsby
roles:
- start_date: '2018-12-03'
  end_date: '2023-11-07'
  jurisdiction: ocd-jurisdiction/country:us/state:me/place:south_portland/government
  type: mayor
- start_date: '2018-12-03'
  end_date: '2017-01-01'
  jurisdiction: ocd-jurisdiction/country:us/state:me/place:bath/government
  type: mayor
- start_date: '2010-01-01'
  jurisdiction: ocd-jurisdiction/country:us/state:me/county:york/government
  type: county executive
contact_details:
- note: Primary Office
  address: 3 Congress Street;South Portland, ME 04106
""",
    "me/retired/Ada-Undated-0b9c2c1e-4444-4fae-9efa-a7bf0a0cb2cc.yml": f"""\
id: ocd-person/0b9c2c1e-4444-4fae-9efa-a7bf0a0cb2cc
name: Ada Undated
given_name: Ada
family_name: Undated
roles:
- end_date: '2016-12-05'
  type: upper
  jurisdiction: {STATE.format("me")}
  district: '1'
""",
    "me/committees/upper-Rules-0b9c2c1e-5555-4fae-9efa-a7bf0a0cb2cc.yml": f"""\
id: ocd-organization/0b9c2c1e-5555-4fae-9efa-a7bf0a0cb2cc
jurisdiction: {STATE.format("me")}
classification: committee
name: Rules
chamber: upper
members:
- name: Una Committeewoman
  role: chair
  person_id: ocd-person/0b9c2c1e-6666-4fae-9efa-a7bf0a0cb2cc
""",
}
"""Files as a checkout of openstates/people has them: one for each person, named by name and id, addresses included."""
