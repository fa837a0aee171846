"""Words that decide whether a name is a place's: English words that are cities too, and what stands before and behind places.

Tables only; `kg.extract.places` reads them.
"""

import re

NOT_ALONE = {"Of", "Union", "Ocean", "Liberty", "Independence", "Hope", "Justice", "Commerce", "Mission", "Enterprise",
             "Reading", "Mobile", "Orange", "Surprise", "Normal", "Price", "Media", "Paradise", "Golden", "Eagle",
             "Home", "University", "Center", "Temple", "Council", "Wall", "Industry", "Republic", "Federal", "Sanctuary",
             "Immigration", "Central", "Senate", "Congress", "Bishop", "Guardian", "Post", "March", "May", "Many",
             "English", "Southern", "Northern", "Western", "Eastern", "Valley", "Trump", "Christian", "Manhattan",
             "Latino", "Mexico", "Holiday", "Opportunity", "Superior", "Defiance", "Hampton", "Carson", "Grant", "Sessions",
             "Young", "Brown", "Warren", "Sanders", "Best", "Coalition", "Truth", "Democrat", "American"}  # fmt: skip
"""English words that are also cities: taken only with their state or kind beside them."""
NO_NAME_WORDS = {"In", "The", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "At", "From", "Mayor", "Gov.", "Police",
                 "Democratic", "Republican", "Democrat", "Sen.", "Rep.", "City", "Council", "Sheriff", "Governor", "And"}  # fmt: skip
STATE_FOLLOWERS = {"Democrat", "Democrats", "Republican", "Republicans", "Gov.", "Governor", "governor", "Sen.", "Senator", "state", "State",
                   "Attorney", "attorney", "AG", "Legislature", "lawmakers"}  # fmt: skip
LOCATING = {"in", "of", "from", "near", "at", "to", "outside", "around"}
"""What stands before a place that a sentence locates something at."""
NO_TOWN = re.compile(
    r"\b(?:County|Parish|Base|Fort|Ft\.|Camp|University|College|Airport|District|Prison|City of|Center|Centre|Jail|Club|School|Hospital|Church|Court|Courthouse|Park|Resort|River|Lake|Island|Canyon|Valley|Mountains?|North|South|East|West)\Z|\AFort\b|\b(?:North|South|East|West)ern\b"
)
"""Names that are of no town."""
AMBIGUOUS_STATES = {"New York", "Washington"}
"""States whose name is also that of a city that news calls by the bare name."""
