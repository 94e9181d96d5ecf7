using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class ConsentMapping
{
    public static ConsentDraft ToCore(this Wire.RecordConsentRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new ConsentDraft
        {
            RequestId = request.RequestId,
            Identifiers = request.Identifiers.ToCore(at, "identifiers"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
            State = CoreEnum.Of<ConsentState>((int)request.State, at, "state"),
            DecidedAt = request.DecidedAt.ToCore(at, "decided_at"),
            NoticeId = request.NoticeId,
            NoticeVersion = request.NoticeVersion,
            NoticeShownAt = request.NoticeShownAt.ToCore(at, "notice_shown_at"),
            Evidence = request.Evidence.ToCore(at),
            Violations = violations,
        };
    }

    public static WithdrawalDraft ToCore(this Wire.WithdrawConsentRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new WithdrawalDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
            DecidedAt = request.DecidedAt.ToCore(at, "decided_at"),
            Violations = violations,
        };
    }

    public static ConsentQuery ToCore(this Wire.ListConsentsRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ConsentQuery(
            request.Profile.ToCore(at, "profile"),
            request.Purpose.Required(at, "purpose"),
            request.PageSize.NotNegative(at, "page_size"),
            request.PageToken);
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.ListConsentsResponse ToWire(this ConsentPage page) => new()
    {
        Consents = { page.Entries.Select(ToWire) },
        NextPageToken = page.NextPageToken,
    };

    public static Wire.Consent ToWire(this ConsentEntry entry) => new()
    {
        ConsentId = entry.Id.ToString(),
        Purpose = (Wire.Purpose)entry.Purpose,
        ContactChannels = { entry.ContactChannels.Select(channel => (Wire.ContactChannel)channel) },
        State = (Wire.ConsentState)entry.State,
        EffectiveAt = entry.EffectiveAt.ToWire(),
        RecordedAt = entry.RecordedAt.ToWire(),
        ValidUntilAt = entry.ValidUntil.ToWire(),
        NoticeId = entry.NoticeId.OrEmpty(),
        NoticeVersion = entry.NoticeVersion.OrEmpty(),
        Evidence = entry.Evidence.ToWire(),
        ExpireAt = entry.ExpireAt.ToWire(),
        Sequence = entry.Sequence,
    };
}
