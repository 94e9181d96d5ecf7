using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ConfirmationRaceTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "E44")]
    public async Task A_click_that_races_a_withdrawal_never_leaves_a_consent_standing()
    {
        for (var round = 0; round < 50; round++)
        {
            var person = new Identifier(IdentifierKind.Email, $"p{round}@example.com");
            var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, person, id: $"asked-{round}"));
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            var click = Task.Run(async () =>
            {
                await start.Task;
                return await Record.ExceptionAsync(() => ConfirmAsync(asked.ConfirmationToken));
            });
            var withdrawal = Task.Run(async () =>
            {
                await start.Task;
                return await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, person, id: $"no-{round}"));
            });

            start.SetResult();
            await Task.WhenAll(click, withdrawal);
            Assert.True(await click is null or RefusalException { Reason: RefusalReason.TokenExpired });
            Assert.False(await CountsAsync(Purpose.DirectMarketing, person));
        }
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task Two_clicks_at_once_leave_one_consent()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ConfirmAsync(asked.ConfirmationToken))));

        Assert.Single(clicks.Select(click => click.Entry!.Id).Distinct());
        Assert.Equal(2, (await LedgerAsync(An.Ada)).Count);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task A_token_of_another_tenant_is_none_and_is_refused_in_the_same_words()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var stranger = Tracker.Caller with { Tenant = new("other") };

        var foreign = await Assert.ThrowsAsync<RefusalException>(() =>
            Tracker.Confirmations.ConfirmAsync(stranger, new() { Token = asked.ConfirmationToken }, Cancellation));
        var unknown = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(new string('A', 43)));
        GoTo(asked.Entry!.ConfirmBy!.Value);
        var late = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal([(unknown.Reason, unknown.Message), (unknown.Reason, unknown.Message)], [(foreign.Reason, foreign.Message), (late.Reason, late.Message)]);
    }

    [Fact]
    [Trait("Compliance", "E44")]
    public async Task A_second_click_after_the_person_has_withdrawn_is_told_that_the_link_is_over()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        await ConfirmAsync(asked.ConfirmationToken);
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal(RefusalReason.TokenExpired, refused.Reason);
    }
}
