using Google.Protobuf;
using Grpc.Core;
using Tracker.Server.Tests.Faults;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.TwoStores;

/// <summary>Asks one node whatever may be read; of two nodes the answers are to be the same, question by question.</summary>
internal sealed class Questionnaire(Node node, CancellationToken cancellation)
{
    private const int SmallPage = 7;

    public static readonly IReadOnlyList<Wire.Purpose> AllPurposes = [.. Enum.GetValues<Wire.Purpose>().Where(purpose => purpose != Wire.Purpose.Unspecified)];

    public static readonly IReadOnlyList<Wire.Purpose> MainPurposes =
        [Wire.Purpose.OrderFulfilment, Wire.Purpose.AccountingTax, Wire.Purpose.Profiling, Wire.Purpose.RightsHandling];

    private readonly List<(string Question, string Answer)> _answers = [];

    /// <summary>Calls of the contract that were asked.</summary>
    public HashSet<string> Asked { get; } = [];

    public IReadOnlyList<(string Question, string Answer)> Answers => _answers;

    private CallOptions Options => new(cancellationToken: cancellation);

    public async Task AskAboutAsync(Wire.Identifier person, IReadOnlyList<Wire.Purpose> purposes)
    {
        var profile = new Wire.ProfileReference { Identifier = person };
        foreach (var purpose in purposes)
        {
            await AskAsync("GetProfile", new Wire.GetProfileRequest { Profile = profile, Purpose = purpose }, node.Profiles.GetProfileAsync);
            await AskAsync("GetProfileSummary", new Wire.GetProfileSummaryRequest { Profile = profile, Purpose = purpose }, node.Profiles.GetProfileSummaryAsync);
            await AskAsync("CheckPermission", new Wire.CheckPermissionRequest { Profile = profile, Purpose = purpose }, node.Consents.CheckPermissionAsync);
            await AskTimelineAsync(profile, purpose);
        }

        await AskAsync("ExplainContact", new Wire.ExplainContactRequest { Profile = profile, Purpose = Wire.Purpose.RightsHandling }, node.Policies.ExplainContactAsync);
        await AskAboutConsentsAsync(profile);
    }

    public async Task AskAboutPersonAsync(IReadOnlyList<Wire.Identifier> identifiers)
    {
        foreach (var identifier in identifiers)
        {
            await AskAboutAsync(identifier, [Wire.Purpose.OrderFulfilment, Wire.Purpose.Analytics]);
            await AskAsync("ListProfileLinks", new Wire.ListProfileLinksRequest { Profile = new() { Identifier = identifier }, Purpose = Wire.Purpose.RightsHandling }, node.Profiles.ListProfileLinksAsync);
        }

        var preview = new Wire.PreviewMergeRequest { First = new() { Identifier = identifiers[0] }, Second = new() { Identifier = identifiers[1] }, Purpose = Wire.Purpose.CustomerCare };
        await AskAsync("PreviewMerge", preview, node.Profiles.PreviewMergeAsync);
    }

    public Task AskAboutMessageAsync(string message) => AskAsync(
        "ExplainRecord", new Wire.ExplainRecordRequest { MessageId = message, Purpose = Wire.Purpose.RightsHandling }, node.Policies.ExplainRecordAsync);

    public async Task AskAboutAllAsync(IEnumerable<Wire.Identifier> people)
    {
        foreach (var audience in people.Chunk(1_000).Select(chunk => chunk.Select(person => new Wire.ProfileReference { Identifier = person })))
        {
            await AskAsync("CheckAudience", new Wire.CheckAudienceRequest { Profiles = { audience }, Purpose = Wire.Purpose.Profiling }, node.Consents.CheckAudienceAsync);
        }

        await AskAsync("GetNotice", new Wire.GetNoticeRequest { NoticeId = Decisions.NoticeId, Version = "1" }, node.Consents.GetNoticeAsync);
        await AskAsync("GetNotice", new Wire.GetNoticeRequest { NoticeId = Decisions.NoticeId, Version = "2" }, node.Consents.GetNoticeAsync);
        await AskAsync("GetPolicy", new Wire.GetPolicyRequest(), node.Policies.GetPolicyAsync);
        await AskAsync("ListProducts", new Wire.ListProductsRequest(), node.Catalog.ListProductsAsync);
        await AskAsync("GetProduct", new Wire.GetProductRequest { ProductId = "insulin" }, node.Catalog.GetProductAsync);
        await AskAsync("ListStores", new Wire.ListStoresRequest(), node.Catalog.ListStoresAsync);
        await AskAsync("ListCampaigns", new Wire.ListCampaignsRequest(), node.Catalog.ListCampaignsAsync);
        await AskToSimulateAsync();
        await AskForMatchesAsync();
    }

    private async Task AskTimelineAsync(Wire.ProfileReference profile, Wire.Purpose purpose)
    {
        var request = new Wire.ListInteractionsRequest { Profile = profile, Purpose = purpose, PageSize = SmallPage };
        do
        {
            var page = await AskAsync("ListInteractions", request, node.Profiles.ListInteractionsAsync);
            request.PageToken = page?.NextPageToken ?? "";
        }
        while (request.PageToken.Length > 0);
    }

    private async Task AskAboutConsentsAsync(Wire.ProfileReference profile)
    {
        var ledger = await AskAsync("ListConsents", new Wire.ListConsentsRequest { Profile = profile, Purpose = Wire.Purpose.RightsHandling }, node.Consents.ListConsentsAsync);
        foreach (var entry in ledger?.Consents ?? [])
        {
            var request = new Wire.GetConsentProofRequest { Profile = profile, Purpose = Wire.Purpose.RightsHandling, ConsentId = entry.ConsentId };
            await AskAsync("GetConsentProof", request, node.Consents.GetConsentProofAsync);
        }

        foreach (var purpose in (Wire.Purpose[])[Wire.Purpose.Profiling, Wire.Purpose.DirectMarketing])
        {
            var state = new Wire.GetConsentStateRequest { Profile = profile, Purpose = Wire.Purpose.RightsHandling, ConsentedPurpose = purpose };
            await AskAsync("GetConsentState", state, node.Consents.GetConsentStateAsync);
            await AskAsync("CheckPrompt", new Wire.CheckPromptRequest { Profile = profile, Purpose = purpose }, node.Consents.CheckPromptAsync);
        }
    }

    private async Task AskToSimulateAsync()
    {
        Wire.RetentionTerminator[] ends = [new() { Anchor = "CONSENT_END", Period = "PT0S" }, new() { Anchor = "EVENT_TIME", Period = "P1M" }];
        var change = new Wire.RetentionRuleChange { RuleId = "IT-PRO-1", Terminators = { ends } };
        using var call = node.Policies.SimulateRetention(new() { Purpose = Wire.Purpose.RightsHandling, Changes = { change } }, Options);
        var last = (await call.ResponseStream.ReadAllAsync(cancellation).ToListAsync(cancellation))[^1];
        Asked.Add("SimulateRetention");
        _answers.Add(("SimulateRetention", Plain.Of(last)));
    }

    private async Task AskForMatchesAsync()
    {
        using var call = node.Profiles.SuggestMatches(new() { Purpose = Wire.Purpose.CustomerCare }, Options);
        var last = (await call.ResponseStream.ReadAllAsync(cancellation).ToListAsync(cancellation))[^1];
        Asked.Add("SuggestMatches");
        _answers.Add(("SuggestMatches", Plain.Of(last)));
    }

    private async Task<TAnswer?> AskAsync<TRequest, TAnswer>(string call, TRequest request, Func<TRequest, CallOptions, AsyncUnaryCall<TAnswer>> ask)
        where TRequest : IMessage
        where TAnswer : class, IMessage
    {
        Asked.Add(call);
        var question = $"{call} {Plain.Of(request)}";
        try
        {
            var answer = await ask(request, Options);
            _answers.Add((question, Plain.Of(answer)));
            return answer;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            _answers.Add((question, Plain.Of(refusal)));
            return null;
        }
    }
}
