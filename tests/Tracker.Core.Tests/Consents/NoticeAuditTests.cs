using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>Nothing is kept longer than a notice that is in use states .</summary>
public sealed class NoticeAuditTests
{
    private static readonly Policy Longer = APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P36M"));

    [Fact]
    [Trait("Compliance", "R-065")]
    [Trait("Compliance", "E20")]
    public async Task A_rule_that_keeps_longer_than_a_registered_notice_states_is_refused_by_name()
    {
        await using var tracker = await AfterAsync(Longer, Stating("P26M", Purpose.OrderFulfilment), An.Notice() with { Id = "silent" });

        var refused = await Assert.ThrowsAsync<PolicyInvalidException>(() => AuditAsync(tracker));

        var error = Assert.Single(refused.Errors);
        Assert.Equal("$.rules[IT-ORD-1]", error.Path);
        Assert.Contains("version 1 of notice privacy states for ORDER_FULFILMENT (P26M)", error.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-065")]
    public async Task A_notice_is_asked_until_another_has_replaced_it(bool isReplaced)
    {
        var next = Stating("P36M", Purpose.OrderFulfilment) with { Version = "2", EffectiveAt = TestTracker.Noon.AddDays(isReplaced ? -1 : 1) };
        await using var tracker = await AfterAsync(Longer, Stating("P26M", Purpose.OrderFulfilment), next);

        var fault = await Record.ExceptionAsync(() => AuditAsync(tracker));

        Assert.Equal(!isReplaced, fault is PolicyInvalidException);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task What_a_consent_carries_is_kept_as_was_said_and_asks_for_no_other_notice()
    {
        await using var tracker = await AfterAsync(APolicy.With(APolicy.Term("IT-PRO-1", "EVENT_TIME", "P18M")), Stating("P6M", Purpose.Profiling));

        await AuditAsync(tracker);
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    public async Task A_notice_of_another_company_says_nothing_of_how_long_we_keep()
    {
        await using var tracker = await AfterAsync(Longer, An.NoticeOf(An.OldCo) with { Scope = An.NoticeOf(An.OldCo).Scope with { RetentionTerms = [new(Purpose.OrderFulfilment, CalendarPeriod.OfMonths(26))] } });

        await AuditAsync(tracker);
    }

    private static async Task<TestTracker> AfterAsync(Policy policy, params NoticeDraft[] registered)
    {
        var before = await TestTracker.StartAsync();
        foreach (var notice in registered)
        {
            await before.Notices.RegisterAsync(before.Caller, notice, CancellationToken.None);
        }

        await before.CloseAsync();
        return await TestTracker.StartAsync(policy: policy, after: before);
    }

    private static Task AuditAsync(TestTracker tracker) => new NoticeAudit(tracker.Store.Notices, tracker.Policies, tracker.Time).CheckAsync(CancellationToken.None);

    private static NoticeDraft Stating(string term, Purpose purpose) =>
        An.Notice() with { Scope = An.Notice().Scope with { RetentionTerms = [new(purpose, CalendarPeriod.Parse(term))] } };
}
