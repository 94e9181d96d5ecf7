using Tracker.Core.Consents;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class ConsentEntryMapping
{
    public static Wire.Consent ToWire(this ConsentEntry entry) => new()
    {
        ConsentId = entry.Id.ToString(),
        Kind = (Wire.LedgerKind)entry.Kind,
        Purpose = (Wire.Purpose)entry.Purpose,
        ContactChannels = { entry.ContactChannels.Select(channel => (Wire.ContactChannel)channel) },
        Recipient = entry.Recipient,
        Controller = entry.Controller,
        State = (Wire.ConsentState)entry.State,
        EndReason = (Wire.EndReason)entry.EndReason,
        EffectiveAt = entry.EffectiveAt.ToWire(),
        RecordedAt = entry.RecordedAt.ToWire(),
        ValidUntilAt = entry.ValidUntil.ToWire(),
        ConfirmUntilAt = entry.ConfirmBy.ToWire(),
        ListedSinceAt = entry.ListedSince.ToWire(),
        SoftOptIn = entry.SoftOptIn.ToWire(),
        Actor = (Wire.DecisionActor)entry.Actor,
        AuthorityReference = entry.AuthorityReference,
        Explicit = entry.IsExplicit,
        Offline = entry.IsOffline,
        RefersToId = entry.RefersTo?.ToString() ?? "",
        Channel = (Wire.Channel)entry.Channel,
        NoticeId = entry.NoticeId.OrEmpty(),
        NoticeVersion = entry.NoticeVersion.OrEmpty(),
        NoticeShownAt = entry.NoticeShownAt.ToWire(),
        PurposeText = entry.PurposeText,
        LinksEarlierVisits = entry.LinksEarlierVisits,
        AgeOfConsent = entry.AgeOfConsent,
        RetentionTerm = entry.RetentionTerm?.ToString() ?? "",
        Evidence = entry.Evidence.ToWire(),
        ExpireAt = entry.ExpireAt.ToWire(),
        Sequence = entry.Sequence,
    };

    public static Wire.ConfirmationToken ToWire(this ConfirmationToken token) => new() { ContactChannel = (Wire.ContactChannel)token.ContactChannel, Token = token.Text };

    private static Wire.SoftOptInTerms? ToWire(this SoftOptInTerms? terms) => terms is null ? null : new()
    {
        AddressFromSubject = terms.IsAddressFromSubject,
        InSale = terms.IsSale,
        Informed = terms.WasInformed,
    };
}
