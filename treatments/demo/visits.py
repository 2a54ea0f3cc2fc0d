"""What goes with the visits that stories book: times, room, person and what the patient should know."""

from datetime import time

MAPPING = {
    "treatment": "tms",
    "starts": time(10),
    "ends": time(11),
    "place": "Room 4",
    "with_whom": "TMS nurse",
    "bring": "The list of your medicines.",
}
FIRST_DOSE = {
    "treatment": "spravato",
    "starts": time(13, 30),
    "ends": time(16),
    "place": "Room 7",
    "with_whom": "Spravato nurse",
    "message": "You can't drive home. Somebody must fetch you.",
}
