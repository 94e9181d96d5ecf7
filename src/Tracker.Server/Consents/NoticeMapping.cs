using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class NoticeMapping
{
    public static NoticeDraft ToCore(this Wire.RegisterNoticeRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new NoticeDraft
        {
            Id = request.NoticeId,
            Version = request.Version,
            Text = request.Text,
            Language = request.Language,
            EffectiveAt = request.EffectiveAt.ToCore(at, "effective_at"),
            Medium = CoreEnum.Of<NoticeMedium>((int)request.Medium, at, "medium"),
            Purposes = request.Purposes.ToCore(at, "purposes"),
            Violations = violations,
        };
    }

    public static Wire.RegisterNoticeResponse ToWire(this Notice notice) => new()
    {
        Notice = new Wire.Notice
        {
            NoticeId = notice.Id,
            Version = notice.Version,
            Sha256 = notice.Sha256,
            Language = notice.Language,
            EffectiveAt = notice.EffectiveAt.ToWire(),
            Medium = (Wire.NoticeMedium)notice.Medium,
            Purposes = { notice.Purposes.Select(purpose => (Wire.Purpose)purpose) },
        },
    };
}
