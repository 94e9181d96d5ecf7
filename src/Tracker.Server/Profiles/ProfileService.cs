using Grpc.Core;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Profiles;
using Tracker.Core.Profiles.Matching;
using Tracker.Core.Profiles.Summaries;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal sealed class ProfileService(ProfileQueries profiles, ProfileSummariser summaries, PersonReader persons, PersonMerger merger, MergePreviewer previewer, MatchSuggester matches) : Wire.ProfileService.ProfileServiceBase
{
    public override async Task<Wire.GetProfileResponse> GetProfile(Wire.GetProfileRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var profile = await profiles.GetAsync(context.Caller(), query.Profile, query.Purpose, context.CancellationToken);
        return profile.ToWire();
    }

    public override async Task<Wire.GetProfileSummaryResponse> GetProfileSummary(Wire.GetProfileSummaryRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var summary = await summaries.SummariseAsync(context.Caller(), query.Profile, query.Purpose, context.CancellationToken);
        return summary.ToWire();
    }

    public override async Task<Wire.ListInteractionsResponse> ListInteractions(Wire.ListInteractionsRequest request, ServerCallContext context)
    {
        var timeline = await profiles.ListAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return timeline.ToWire();
    }

    public override async Task<Wire.MergeProfilesResponse> MergeProfiles(Wire.MergeProfilesRequest request, ServerCallContext context)
    {
        var person = await merger.MergeAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.MergeProfilesResponse { Person = person.ToWire() };
    }

    public override async Task<Wire.UnmergeProfilesResponse> UnmergeProfiles(Wire.UnmergeProfilesRequest request, ServerCallContext context)
    {
        var person = await merger.UnmergeAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.UnmergeProfilesResponse { Person = person.ToWire() };
    }

    public override async Task<Wire.PreviewMergeResponse> PreviewMerge(Wire.PreviewMergeRequest request, ServerCallContext context)
    {
        var (draft, purpose) = request.ToCore();
        var preview = await previewer.PreviewAsync(context.Caller(), draft, purpose, context.CancellationToken);
        return preview.ToWire();
    }

    public override async Task SuggestMatches(Wire.SuggestMatchesRequest request, IServerStreamWriter<Wire.SuggestMatchesResponse> responseStream, ServerCallContext context)
    {
        await foreach (var progress in matches.SuggestAsync(context.Caller(), request.ToCore(), context.CancellationToken))
        {
            await responseStream.WriteAsync(progress.ToWire(), context.CancellationToken);
        }
    }

    public override async Task<Wire.DistinguishProfilesResponse> DistinguishProfiles(Wire.DistinguishProfilesRequest request, ServerCallContext context)
    {
        var said = await merger.DistinguishAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.DistinguishProfilesResponse { Link = said.ToWire(isInForce: false) };
    }

    public override async Task<Wire.ListProfileLinksResponse> ListProfileLinks(Wire.ListProfileLinksRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var person = await persons.ListLinksAsync(context.Caller(), query.Profile, query.Purpose, context.CancellationToken);
        return new Wire.ListProfileLinksResponse { Person = person.ToWire() };
    }
}
