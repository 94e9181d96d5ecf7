using System.Text.Json;
using Google.Protobuf;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>What README.md has to be pasted, pasted in order into a fresh server.</summary>
public sealed class ReadmeTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_of_the_readme_is_answered_as_it_says()
    {
        var calls = await ReadmeCall.ReadAllAsync(_cancellation);
        await using var server = await TestServer.StartAsync(_cancellation);
        var now = TimeProvider.System.GetUtcNow();

        List<string> answers = [];
        foreach (var call in calls)
        {
            answers.Add(Told(await call.SendAsync(server.Invoker, now, _cancellation)));
        }

        Assert.Equal(
            [
                "Accepted ACCOUNTING_TAX ORDER_FULFILMENT",
                "explained",
                "types",
                "notice offers",
                "Given",
                "Accepted DIRECT_MARKETING",
                "lead-1",
                "Withdrawn",
                "Denied CONSENT_WITHDRAWN",
            ],
            answers);
    }

    [Fact]
    public async Task After_the_withdrawal_of_the_readme_its_list_is_empty()
    {
        var calls = await ReadmeCall.ReadAllAsync(_cancellation);
        await using var server = await TestServer.StartAsync(_cancellation);
        var now = TimeProvider.System.GetUtcNow();

        foreach (var call in calls)
        {
            await call.SendAsync(server.Invoker, now, _cancellation);
        }

        var list = Assert.Single(calls, call => call.Method.Name == "ListInteractions");
        Assert.Empty(((Wire.ListInteractionsResponse)await list.SendAsync(server.Invoker, now, _cancellation)).Interactions);
    }

    private static string Told(IMessage answer) => answer switch
    {
        Wire.RecordInteractionResponse { Result: var result } => string.Join(' ', [$"{result.Outcome}", .. Purposes(result), .. Reason(result)]),
        Wire.ExplainRecordResponse => "explained",
        Wire.GetPolicyResponse { Policy.Types_.Count: > 0 } => "types",
        Wire.RegisterNoticeResponse registered => $"notice {registered.Notice.NoticeId}",
        Wire.RecordConsentResponse recorded => $"{recorded.Consent.State}",
        Wire.WithdrawConsentResponse withdrawn => $"{withdrawn.Consent.State}",
        Wire.ListInteractionsResponse list => string.Join(' ', list.Interactions.Select(interaction => interaction.MessageId)),
        _ => answer.ToString() ?? "",
    };

    private static IEnumerable<string> Purposes(Wire.InteractionResult result) =>
        result.Grants.Select(grant => JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{grant.Purpose}")).Order(StringComparer.Ordinal);

    private static string[] Reason(Wire.InteractionResult result) => result.Reason.Length > 0 ? [result.Reason] : [];
}
