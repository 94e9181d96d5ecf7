using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What a notice may say of how long data is kept (GDPR Art. 13(2)(a)).</summary>
public sealed class NoticeTermTests
{
    [Fact]
    [Trait("Compliance", "R-065")]
    public async Task A_notice_is_the_same_one_when_it_is_registered_again_under_a_longer_rule()
    {
        var before = await TestTracker.StartAsync();
        var first = await before.Notices.RegisterAsync(before.Caller, Stating("P26M", Purpose.OrderFulfilment), CancellationToken.None);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P36M")), after: before);

        var second = await tracker.Notices.RegisterAsync(tracker.Caller, Stating("P26M", Purpose.OrderFulfilment), CancellationToken.None);

        Assert.Equal((first.RegisteredAt, first.Sha256), (second.RegisteredAt, second.Sha256));
    }

    [Theory]
    [Trait("Compliance", "R-065")]
    [InlineData(Purpose.OrderFulfilment, "P12M", "retention_terms[0].period", "IT-ORD-1")]
    [InlineData(Purpose.AccountingTax, "P5Y", "retention_terms[0].period", "IT-TAX-1")]
    [InlineData(Purpose.ThirdPartySharing, "P6M", "retention_terms[0].period", "IT-3RD-1")]
    [InlineData(Purpose.FraudSecurity, "P1M", "retention_terms[0].period", "IT-SEC-1")]
    [InlineData(Purpose.Unspecified, "P12M", "retention_terms[0].purpose", "among purposes")]
    [InlineData(Purpose.Profiling, "PT0S", "retention_terms[0].period", "longer than nothing")]
    public async Task A_notice_that_states_less_than_is_kept_whatever_was_said_with_a_consent_is_refused(Purpose purpose, string term, string field, string why)
    {
        await using var tracker = await TestTracker.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.Notices.RegisterAsync(tracker.Caller, Stating(term, purpose), CancellationToken.None));

        var violation = Assert.Single(refused.Violations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(why, violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_states_one_term_for_a_purpose()
    {
        await using var tracker = await TestTracker.StartAsync();
        var notice = Stating("P6M", Purpose.Profiling);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => tracker.Notices.RegisterAsync(
            tracker.Caller,
            notice with { Scope = notice.Scope with { RetentionTerms = [.. notice.Scope.RetentionTerms, new(Purpose.Profiling, CalendarPeriod.OfMonths(12))] } },
            CancellationToken.None));

        Assert.Equal("retention_terms", Assert.Single(refused.Violations).Field);
    }

    private static NoticeDraft Stating(string term, params Purpose[] purposes) =>
        An.Notice() with { Scope = An.Notice().Scope with { RetentionTerms = [.. purposes.Select(purpose => new NoticeTerm(purpose, CalendarPeriod.Parse(term)))] } };
}
