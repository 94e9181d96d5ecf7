namespace Tracker.Core.Consents;

/// <summary>Why a person may or may not be asked for a consent. The first three let ask; all others do not.</summary>
public enum PromptReason : byte
{
    Unspecified = 0,

    /// <summary>No choice is known, or the one that was made has ended by time or without the person.</summary>
    NoChoice = 1,

    /// <summary>The person said no as long ago as the policy asks for (Garante 231/2021).</summary>
    IntervalOver = 2,

    /// <summary>Since the refusal the notice has come to say something materially new (Garante 231/2021).</summary>
    NoticeChanged = 3,

    /// <summary>There is nothing to ask for.</summary>
    ConsentInForce = 4,

    /// <summary>The person was asked, and the link of the double opt-in is still good.</summary>
    ConfirmationPending = 5,
    Refused = 6,

    /// <summary>GDPR Art. 7(3).</summary>
    Withdrawn = 7,

    /// <summary>GDPR Art. 21: what was objected to is not asked for.</summary>
    Objected = 8,

    /// <summary>A child is not asked alone (GDPR Art. 8).</summary>
    GuardianRequired = 9,

    /// <summary>Minors are not profiled (GDPR recital 71), whoever agrees.</summary>
    MinorProfiling = 10,
}
