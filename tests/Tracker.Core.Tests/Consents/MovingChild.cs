using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A child that gives a consent alone and moves.</summary>
public abstract class MovingChild : LedgerTests
{
    protected static readonly DateOnly Today = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime);

    /// <summary>Fifteen; sixteen in a hundred days.</summary>
    protected static readonly DateOnly Born = Today.AddYears(-16).AddDays(100);

    protected async Task GiveAloneAsync(string country, string id = "alone", DateTimeOffset? at = null, bool isExplicit = false, bool sayAge = true)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true, LinksEarlierVisits = true } });
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, at, id) with { Age = sayAge ? new(Born, country) : null, NoticeId = "child", NoticeVersion = "child", IsExplicit = isExplicit });
    }

    protected Task<InteractionOutcome> StateAsync(DateOnly? born, string? country, string id, DateTimeOffset at, Identifier? by = null) => Tracker.RecordAsync(An.Newsletter(id, by, at) with
    {
        Type = "account.opened",
        Content = new() { Contact = new() { BirthDate = born, PostalAddress = country is null ? null : new() { Region = country } } },
    });

    protected async Task<Reason> WhyNotAsync() =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Analytics }, Cancellation)).Reason;

    protected async Task<int> ReadAsync() => (await Tracker.TimelineAsync(An.Ada, Purpose.Analytics)).Items.Count;
}
