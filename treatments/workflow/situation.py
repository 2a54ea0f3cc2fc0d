"""How things stand when an action is asked for, and the exception that refuses it."""

from dataclasses import dataclass

from treatments.workflow.states import Attention, ConsultState, Hold, ReferralState, RequestState


class Refused(Exception):
    """An action that may not happen now; ``str()`` of it is a sentence for the screen without patient data.

    ``stale``: only because the page was made before somebody else's action; after a look it may still happen.
    """

    def __init__(self, sentence: str, *, stale: bool = False) -> None:
        super().__init__(sentence)
        self.stale = stale


@dataclass(frozen=True, slots=True)
class Situation:
    """What a refusal depends on: where the referral and, for a consult's actions, the consult stand.

    ``owner`` is the name of whoever handles the referral, "" for nobody; ``consult`` is None for actions
    on the referral itself; ``flags``: what came from the patient or a team and nobody has dealt with;
    ``alert_open``: nobody has closed the safety alert of the form; it holds beside ``hold``, which the rules ask
    for; ``feedback``: the team has said how useful the referral was; ``erasure_asked``: the person has asked to be
    erased, and nobody has done or dropped it yet. What stands last is looked up only for actions
    that name it among their ``facts``.
    """

    state: ReferralState
    hold: Hold
    assessed: bool
    owner: str
    owned_by_actor: bool
    open_consults: int
    consult: ConsultState | None = None
    flags: frozenset[Attention] = frozenset()
    alert_open: bool = False
    feedback: bool = False
    # A question to the patient is open.
    asked: bool = False
    # The time of the consult's first visit has not come yet.
    visit_to_come: bool = False
    erased: bool = False
    legal_hold: bool = False
    erasure_asked: bool = False
    # The actor's own last move as long as it may still be undone, "" for none.
    last_move: str = ""
    # None: no caring contact was ever owed.
    caring_contact_owed: bool | None = None
    duplicates: int = 0
    # Whether the actor may read every answer, the protected ones too.
    reads_everything: bool | None = None
    # The requests for records that the actor may read: where each stands, and whether the release is signed.
    requests: frozenset[tuple[RequestState, bool]] = frozenset()
    # A consent to share substance-use answers was given, and neither revoked nor over.
    substance_consent: bool = False

    @property
    def withdrawn(self) -> bool:
        """The patient took the form back and nobody has closed it yet."""
        return Attention.WITHDRAWN in self.flags
