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
            Scope = request.ToScope(at),
            Violations = violations,
        };
    }

    public static Wire.RegisterNoticeResponse ToWire(this Notice notice) => new() { Notice = notice.ToMessage() };

    public static Wire.GetNoticeResponse ToTextWire(this Notice notice) => new() { Notice = notice.ToMessage(), Text = notice.Text };

    private static NoticeScope ToScope(this Wire.RegisterNoticeRequest request, Place at) => new()
    {
        Controller = request.Controller is { } controller ? new(controller.Id, controller.Name, controller.Contact, controller.Address) : null,
        Recipients = [.. request.Recipients.Select(recipient => new NoticeRecipient(recipient.Id, recipient.Role, recipient.Country))],
        ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
        DataCategories = CoreEnum.ListOf<Wire.DataCategory, DataCategory>(request.DataCategories, category => (int)category, at, "data_categories"),
        StorageLocations = [.. request.StorageLocations],
        WithdrawalMethods = [.. request.WithdrawalMethods],
        RetentionTerms = request.ToTerms(at),
        Uri = request.Uri,
        IsChildLanguage = request.ChildLanguage,
        IsMaterialChange = request.MaterialChange,
        LinksEarlierVisits = request.LinksEarlierVisits,
    };

    private static List<NoticeTerm> ToTerms(this Wire.RegisterNoticeRequest request, Place at)
    {
        List<NoticeTerm> terms = [];
        for (var i = 0; i < request.RetentionTerms.Count; i++)
        {
            var place = at.In("retention_terms", i);
            var purpose = CoreEnum.Of<Purpose>((int)request.RetentionTerms[i].Purpose, place, "purpose");
            if (CalendarPeriod.TryParse(request.RetentionTerms[i].Period, out var period))
            {
                terms.Add(new(purpose, period.Value));
            }
            else
            {
                place.Refuse("period", "must be an ISO 8601 period of at most a hundred years, such as P24M");
            }
        }

        return terms;
    }

    private static Wire.Notice ToMessage(this Notice notice) => new()
    {
        NoticeId = notice.Id,
        Version = notice.Version,
        Sha256 = notice.Sha256,
        Language = notice.Language,
        EffectiveAt = notice.EffectiveAt.ToWire(),
        Medium = (Wire.NoticeMedium)notice.Medium,
        Purposes = { notice.Purposes.Select(purpose => (Wire.Purpose)purpose) },
        Controller = notice.Scope.Controller is { } controller
            ? new() { Id = controller.Id, Name = controller.Name, Contact = controller.Contact, Address = controller.Address }
            : null,
        Recipients = { notice.Scope.Recipients.Select(recipient => new Wire.Recipient { Id = recipient.Id, Role = recipient.Role, Country = recipient.Country }) },
        ContactChannels = { notice.Scope.ContactChannels.Select(channel => (Wire.ContactChannel)channel) },
        DataCategories = { notice.Scope.DataCategories.Select(category => (Wire.DataCategory)category) },
        StorageLocations = { notice.Scope.StorageLocations },
        WithdrawalMethods = { notice.Scope.WithdrawalMethods },
        RetentionTerms = { notice.Scope.RetentionTerms.Select(ToTerm) },
        Uri = notice.Scope.Uri,
        ChildLanguage = notice.Scope.IsChildLanguage,
        MaterialChange = notice.Scope.IsMaterialChange,
        LinksEarlierVisits = notice.Scope.LinksEarlierVisits,
        RuleTerms = { notice.RuleTerms.Select(ToTerm) },
        SoftOptInRuleTerm = notice.SoftOptInRuleTerm?.ToString() ?? "",
    };

    private static Wire.NoticeTerm ToTerm(NoticeTerm term) => new() { Purpose = (Wire.Purpose)term.Purpose, Period = term.Period.ToString() };
}
