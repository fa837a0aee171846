"""Whether a name fits "he" or "she": common American given names and gendered titles.

In: a pronoun, the given names that a person goes by in a text, and the words just before the mention. Out: whether the
pronoun may mean that person. A name that the lists do not hold fits both; it must never be used to say anything about
a person in the graph.
"""

import re
from collections.abc import Iterable

_FEMALE_TITLE = re.compile(
    r"\b(?:Mrs?s|Mrs|Ms|Miss|Congresswoman|Councilwoman|Assemblywoman|spokeswoman|chairwoman)\b\.?", re.IGNORECASE
)
_MALE_TITLE = re.compile(r"\b(?:Mr|Congressman|Councilman|Assemblyman|spokesman|chairman)\b\.?")
_WOMEN_LISTED = """Alexandria Alice Amanda Amy Andrea Angela Ann Anna Anne Annie Ashley Barbara Betsy Beth Betty Brenda Carol Caroline Catherine
Charlotte Cheryl Christina Christine Cindy Claire Cynthia Dana Deborah Debbie Debra Denise Diana Diane Dianne Donna Dorothy Elaine
Eleanor Elena Elizabeth Ellen Emily Emma Erica Eva Evelyn Frances Gail Gina Gloria Grace Hannah Heather Heidi Helen Hillary Hope
Irene Jackie Jacqueline Jane Janet Janice Jeanne Jennifer Jenny Jessica Jill Joan Joanne Joy Joyce Judith Judy Julia
Julie Karen Kate Katherine Kathleen Kathryn Kathy Katie Kim Kimberly Kirsten Kristen Kristin Laura
Lauren Laurie Leslie Libby Linda Lisa Liz Lori Loretta Lucy Lynn Madeleine Margaret Maria Marie Marilyn Marsha Martha Mary Maureen
Maxine Megan Melinda Melissa Michelle Monica Muriel Nancy Natalie Nicole Nikki Nina Nora Olivia Pam Pamela Patricia Patty
Paula Rachel Rebecca Regina Renee Rhonda Rita Robin Rosa Rose Ruth Sally Samantha Sandra Sara Sarah Sharon Sheila Shelley Sherry
Shirley Sonia Sophia Stacey Stephanie Sue Susan Susana Susanna Suzanne Sylvia Tammy Teresa Theresa Tiffany Tina Tracy Valerie
Vanessa Veronica Vicki Victoria Virginia Wanda Wendy Yvonne Zoe"""
_MEN_LISTED = """Aaron Adam Alan Albert Alexander Alex Andrew Anthony Antonio Arnold Arthur Barry Ben Benjamin Bernard Bernie Bill Bob Boris
Brad Brandon Brett Brian Bruce Bryan Carl Carlos Chad Charles Charlie Chris Christopher Chuck Clarence Cory Craig Daniel Dan Darrell
Dave David Dennis Devin Don Donald Doug Douglas Ed Eddie Edward Edwin Emmanuel Eric Ernest Eugene Francis Frank Fred Gabriel Gary
Gavin Gene George Gerald Glenn Gordon Greg Gregory Harold Harry Henry Howard Hugo Ian Jack Jacob Jake James Jared Jason Jay Jeff
Jeffrey Jeremy Jerome Jerry Jesse Jim Jimmy Joe Joel John Johnny Jon Jonathan Jorge Jose Joseph Josh Joshua Juan Justin Keith Ken
Kenneth Kevin Kurt Larry Lawrence Lee Leo Leonard Lindsey Louis Luis Luke Manuel Marc Marco Mark Martin Matt Matthew Max Michael
Miguel Mike Mitch Nathan Neil Nicholas Nick Norman Oscar Patrick Paul Peter Phil Philip Phillip Rafael Ralph
Randy Raul Ray Raymond Ricardo Richard Rick Rob Robert Roger Ron Ronald Roy Rudy Russell Ryan Sam Samuel Scott Sean
Sebastian Stephen Steve Steven Stuart Ted Terry Theodore Thomas Tim Timothy Todd Tom Tony Travis Trey Tyler Victor Vincent Vladimir
Walter Warren Wayne Wilbur William Xavier Zachary"""

_WOMEN, _MEN = frozenset(_WOMEN_LISTED.split()), frozenset(_MEN_LISTED.split())
GIVEN_NAMES = (_WOMEN | _MEN) - frozenset(
    [
        "Virginia",
        "Charlotte",
        "Madison",
        "Hope",
        "Grace",
        "Rose",
        "Dale",
        "Grant",
        "Georgia",
        "Austin",
        "Jackson",
        "Lee",
        "Trey",
        "Faith",
        "Jordan",
    ]
)
"""Given names that are hardly anything else."""


def fits_pronoun(pronoun: str, given: Iterable[str], around: str) -> bool:
    """Tell whether "he" or "she" may mean somebody with these given names and with this title before the name.

    >>> fits_pronoun("she", ["Susana"], ""), fits_pronoun("she", ["Eric"], ""), fits_pronoun("she", ["Quibby"], "")
    (True, False, True)
    """
    names = set(given)
    woman = bool(_FEMALE_TITLE.search(around)) or bool(names & _WOMEN)
    man = bool(_MALE_TITLE.search(around)) or bool(names & _MEN)
    return woman >= man if pronoun.lower() == "she" else man >= woman
