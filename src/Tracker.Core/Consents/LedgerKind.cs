namespace Tracker.Core.Consents;

/// <summary>What an entry of the ledger is about. Numbers are stored; never reuse one.</summary>
public enum LedgerKind : byte
{
    Unspecified = 0,
    Consent = 1,

    /// <summary>An objection to processing on legitimate interest or to direct marketing (GDPR Art. 21).</summary>
    Objection = 2,

    /// <summary>An e-mail address given in a sale (art. 130(4) Codice Privacy).</summary>
    SoftOptIn = 3,

    /// <summary>A look into the public register of objections (art. 130(3-bis) Codice Privacy).</summary>
    RegisterCheck = 4,
}
