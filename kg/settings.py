"""Where the parts lie and which limits hold; read by the orchestrator and handed down, never global state."""

from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ConfigurationError
from kg.ids import RESOURCE_BASE

PACKAGE = Path(__file__).resolve().parent
DEFAULT_MODEL = PACKAGE / "models" / "en_policy_news"


def _part(name: str) -> Path:
    """Find `ontology` or `seeds`: inside an installed package under `data/`, in a checkout beside it."""
    for folder in (PACKAGE / "data" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigurationError(
        "this part of policy-kg is missing", place=str(PACKAGE.parent / name), hint="Reinstall the package"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a build.

    `base` is the IRI that resource paths are appended to. `model` names a spaCy pipeline: a folder or an
    installed package; None takes the one shipped with the package, or a blank one where there is none.
    `link_threshold` is the score in [0, 1] under which a mention stays unresolved.
    `max_characters` is the largest document read, in characters.
    """

    base: str = RESOURCE_BASE
    ontology: Path = field(default_factory=lambda: _part("ontology"))
    seeds: Path = field(default_factory=lambda: _part("seeds"))
    model: str | None = None
    link_threshold: float = 0.5
    max_characters: int = 2_000_000

    @property
    def reference(self) -> Path:
        """The folder of the reference tables."""
        return self.seeds / "reference"
