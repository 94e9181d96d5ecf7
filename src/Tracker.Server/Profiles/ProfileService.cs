using Grpc.Core;
using Tracker.Core.Profiles;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal sealed class ProfileService(ProfileQueries profiles) : Wire.ProfileService.ProfileServiceBase
{
    public override async Task<Wire.GetProfileResponse> GetProfile(Wire.GetProfileRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var profile = await profiles.GetAsync(context.Caller(), query.Profile, query.Purpose, context.CancellationToken);
        return profile.ToWire();
    }

    public override async Task<Wire.ListInteractionsResponse> ListInteractions(Wire.ListInteractionsRequest request, ServerCallContext context)
    {
        var timeline = await profiles.ListAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return timeline.ToWire();
    }
}
