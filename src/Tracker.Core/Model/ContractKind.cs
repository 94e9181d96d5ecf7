namespace Tracker.Core.Model;

/// <summary>
/// Which contract of the person carries a purpose on CONTRACT: it must be one that the purpose is necessary for
/// (GDPR Art. 6(1)(b); EDPB 2/2019).
/// </summary>
public enum ContractKind : byte
{
    Unspecified = 0,

    /// <summary>An order, quote or contract that the interaction names and that is this person's, or the act itself that makes or ends one.</summary>
    Named = 1,

    /// <summary>A sale, whichever.</summary>
    Purchase = 2,

    /// <summary>A contract that goes on, such as a subscription, while it does.</summary>
    Continuing = 3,

    /// <summary>An account, while it is open.</summary>
    Account = 4,

    /// <summary>The membership of the loyalty programme, until the person leaves it.</summary>
    Loyalty = 5,
}
