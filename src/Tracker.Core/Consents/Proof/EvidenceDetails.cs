using Tracker.Core.Model;

namespace Tracker.Core.Consents.Proof;

/// <summary>
/// What a proof of that kind cannot do without (compliance 2.5). It may hold values of the person, so it is stored under
/// seal only. Of a double opt-in the details of the request stand beside its own.
/// </summary>
public sealed record EvidenceDetails
{
    public FormDetails? Form { get; init; }

    public CheckboxDetails? Checkbox { get; init; }

    public VoiceDetails? Voice { get; init; }

    public DoubleOptInDetails? DoubleOptIn { get; init; }

    public PaperScanDetails? PaperScan { get; init; }

    public PartnerFeedDetails? PartnerFeed { get; init; }

    public CmpSignalDetails? CmpSignal { get; init; }

    /// <summary>Keyed hash of the address that a confirmation is sent to.</summary>
    public string? AddressHash { get; init; }

    /// <summary>The age that a request stated: the person's own word only once it is confirmed.</summary>
    public SubjectAge? Age { get; init; }
}
