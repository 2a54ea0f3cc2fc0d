"""The person: who they are, how to reach them, what they hope for, what they agree to."""

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import Given, not_for_oneself, under_18, when
from intake.fields.kinds import (
    YES_NO,
    Field,
    Kind,
    Reader,
    Written,
    choice,
    date,
    exact,
    long_text,
    many,
    name,
    phone,
    section,
    text,
    yes_no,
)

ABOUT = section(
    "about",
    name("first_name", "name", _("First name"), required=True, short=_("First name")),
    name("last_name", "name", _("Last name"), required=True, short=_("Last name")),
    date(
        "date_of_birth",
        "name",
        _("Date of birth"),
        _("For example, 5 14 1987 or May 14 1987."),
        required=True,
        short=_("Date of birth"),
    ),
    choice(
        "sex_at_birth",
        "name",
        _("What sex were you given at birth?"),
        (
            ("female", _("Female")),
            ("male", _("Male")),
            ("intersex", _("Intersex")),
            ("declined", _("I prefer not to answer")),
        ),
        _("Some safety limits depend on this."),
    ),
    yes_no("veteran", "name", _("Have you served in the U.S. military?")),
    name("preferred_name", "name", _("Name you like to be called")),
    text("pronouns", "name", _("Pronouns"), _("For example, she/her, he/him or they/them.")),
    text("gender", "name", _("Your gender, in your own words")),
    phone("phone", "contact", _("Phone number"), _("Give a phone number, an email address, or both.")),
    many(
        "contact_by",
        "contact",
        _("How may we contact you?"),
        (("call", _("Phone call")), ("text", _("Text message")), ("email", _("Email"))),
        _("Which of these are private and safe for you?"),
    ),
    yes_no(
        "voicemail_ok",
        "contact",
        _("Is it safe to leave you a voice message?"),
        asked_when=Given("about.phone"),
    ),
    yes_no(
        "text_ok",
        "contact",
        _("Is it safe to send you a text message?"),
        asked_when=Given("about.phone"),
    ),
    text("email", "contact", _("Email address"), written=Written.EMAIL, short=_("Email address")),
    yes_no("email_ok", "contact", _("Is it safe to send you an email?"), asked_when=Given("about.email")),
    yes_no("interpreter_needed", "contact", _("Do you need an interpreter when we talk?")),
    text(
        "speaks",
        "contact",
        _("Language to speak with you"),
        choices=(("English", _("English")), ("Spanish", _("Spanish"))),
        asked_when=when("about.interpreter_needed", "yes"),
    ),
    name("state", "later/insurance", _("State where you live")),
    exact("postcode", "later/insurance", _("ZIP code")),
    choice(
        "filled_by",
        "helper",
        _("Who is filling in this form?"),
        (
            ("self", _("I am, for myself")),
            ("family", _("A family member or friend")),
            ("professional", _("Someone whose job is to help, such as a nurse or a social worker")),
        ),
        asked_when=not_for_oneself,
        kept_as="self",
    ),
    name("filled_by_name", "helper", _("Name of the person helping"), asked_when=not_for_oneself),
    phone("filled_by_phone", "helper", _("Their phone number"), asked_when=not_for_oneself),
    text(
        "filled_by_relation",
        "helper",
        _("How they know you"),
        _("For example, partner, parent or nurse."),
        asked_when=not_for_oneself,
    ),
    name("guardian_name", "guardian", _("Name of your parent or guardian"), asked_when=under_18),
    phone("guardian_phone", "guardian", _("Their phone number"), asked_when=under_18),
    name("emergency_name", "later/emergency", _("Name of someone we can call in an emergency")),
    phone("emergency_phone", "later/emergency", _("Their phone number")),
    text("emergency_relation", "later/emergency", _("How they know you")),
)

REASON = section(
    "reason",
    long_text("goals", "reason", _("What do you hope will get better?"), short=_("What you hope for")),
    text("referred_by", "later/times", _("Who told you about us?"), short=_("Who told you about us")),
    many(
        "interested_in",
        "reason",
        _("Which treatments would you like to hear about?"),
        (
            ("tms", _("TMS (magnet pulses to the head)")),
            ("spravato", _("Spravato (esketamine nose spray)")),
            ("psychotherapy", _("Talking therapy")),
            ("medication", _("Medicines")),
            ("ketamine_iv", _("Ketamine through an IV")),
            ("psilocybin", _("Psilocybin")),
            ("ect", _("ECT (a treatment given while you sleep)")),
            ("not_sure", _("I am not sure")),
        ),
        _("Choose all that you like. This decides nothing."),
    ),
    yes_no(
        "prefers_therapy_only",
        "reason",
        _("Do you want only talking therapy, with no medicine and no TMS?"),
    ),
    yes_no("wants_to_stop_smoking", "reason", _("Do you want to stop smoking?")),
)

PRACTICAL = section(
    "practical",
    yes_no(
        "ride_home",
        "visits",
        _("Can someone take you home after a treatment?"),
        _("After some treatments you must not drive."),
    ),
    yes_no("can_stay_2_hours", "visits", _("Can you stay for 2 hours after a treatment?")),
    yes_no("must_drive_same_day", "visits", _("Would you have to drive later that day?")),
    yes_no("can_attend_5_days", "visits", _("Could you come 5 days a week for 4 to 6 weeks?")),
    yes_no("can_attend_twice_weekly", "visits", _("Could you come twice a week for 4 weeks?")),
    text(
        "best_times",
        "later/times",
        _("When is the best time to come or to be called?"),
        short=_("Best times"),
    ),
    name("insurer", "visits", _("Your health insurance company"), short=_("Insurance company")),
    exact("plan", "later/insurance", _("Name of your plan")),
    exact("member_id", "later/insurance", _("Member number"), _("It is on your insurance card.")),
)

CONSENT = section(
    "consent",
    text(
        "privacy_notice",
        "consent",
        _("Privacy notice shown"),
        stamped=True,
        patient_data=False,
        reader=Reader.RECORDS,
    ),
    Field(
        key="agreed",
        kind=Kind.TRUE,
        page="consent",
        question=_("I have read this and I agree that the clinic may use my answers to plan my care"),
        required=True,
    ),
    choice(
        "substance_use_agreed",
        "consent",
        _("May we ask about alcohol and drugs, and share those answers with the teams who plan your care?"),
        YES_NO,
        _(
            "These answers have extra protection by law. If you say no, we leave those questions out. "
            "A yes ends after two years, and you can take it back at any time."
        ),
    ),
    text(
        "substance_use_notice",
        "consent",
        _("Substance-use notice shown"),
        stamped=True,
        patient_data=False,
        reader=Reader.RECORDS,
    ),
    name("signed_name", "check", _("Your full name, as your signature")),
    date("signed_on", "check", _("Date signed"), short=_("Date signed"), stamped=True, reader=Reader.RECORDS),
)
