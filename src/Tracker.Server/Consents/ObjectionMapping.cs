using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

/// <summary>Objections, and what else decides on contacting a person.</summary>
internal static class ObjectionMapping
{
    public static ObjectionDraft ToCore(this Wire.RecordObjectionRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new ObjectionDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
            ObjectedAt = request.ObjectedAt.ToCore(at, "objected_at"),
            SentAt = request.SentAt.ToCore(at, "sent_at"),
            Violations = violations,
        };
    }

    public static ObjectionDecisionDraft ToCore(this Wire.DecideObjectionRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new ObjectionDecisionDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            Objection = request.ObjectionId.ToConsentId(at, "objection_id"),
            Decision = CoreEnum.Of<ConsentState>((int)request.Decision, at, "decision"),
            GroundsReference = request.GroundsReference,
            Violations = violations,
        };
    }

    public static SoftOptInDraft ToCore(this Wire.RecordSoftOptInRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new SoftOptInDraft
        {
            RequestId = request.RequestId,
            Identifiers = request.Identifiers.ToCore(at, "identifiers"),
            Terms = request.Terms is { } terms ? new(terms.AddressFromSubject, terms.InSale, terms.Informed) : null,
            NoticeId = request.NoticeId,
            NoticeVersion = request.NoticeVersion,
            NoticeShownAt = request.NoticeShownAt.ToCore(at, "notice_shown_at"),
            GivenAt = request.GivenAt.ToCore(at, "given_at"),
            SentAt = request.SentAt.ToCore(at, "sent_at"),
            Violations = violations,
        };
    }

    public static RegisterCheckDraft ToCore(this Wire.RecordRegisterCheckRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new RegisterCheckDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            CheckedAt = request.CheckedAt.ToCore(at, "checked_at"),
            ListedSince = request.ListedSinceAt.ToCore(at, "listed_since_at"),
            Violations = violations,
        };
    }
}
