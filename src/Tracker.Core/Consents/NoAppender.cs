using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>
/// Appends a no. One that is said by nothing but a machine reaches everybody whom that machine led to: the choice that it takes back
/// may have been made before somebody else named themselves on it, and whose hand it is nobody knows (R-035, E11).
/// </summary>
public sealed class NoAppender(LedgerAppender appender, IIdentityStore identities, PolicyRegister policies)
{
    /// <returns>The first answer that found what it is about.</returns>
    internal async Task<ConsentAppended> AppendAsync(LedgerRequest request, Func<LedgerView, LedgerStep> decide, CancellationToken cancellation)
    {
        var earlier = await EarlierAsync(request, cancellation);
        if (earlier.Count == 0)
        {
            return await appender.AppendAsync(request, decide, cancellation);
        }

        ConsentAppended? answer = null;
        RefusalException? unknown = null;
        foreach (var one in earlier.Select(profile => ForEarlier(request, profile)).Prepend(request))
        {
            try
            {
                var appended = await appender.AppendAsync(one, decide, cancellation);
                answer ??= appended;
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.ConsentNotFound)
            {
                // A consent that is named stands in one of the ledgers.
                unknown = refusal;
            }
        }

        return answer ?? throw unknown!;
    }

    /// <summary>A retry of the request finds each of them again.</summary>
    private static LedgerRequest ForEarlier(LedgerRequest request, ProfileId profile) => request with
    {
        Named = profile,
        Identifiers = [],
        RequestId = $"machine/{request.Caller.Source}/{request.RequestId}/{profile}",
        IsOwn = true,
    };

    private async Task<IReadOnlyList<ProfileId>> EarlierAsync(LedgerRequest request, CancellationToken cancellation)
    {
        if (request.Identifiers.Count == 0 || !request.Identifiers.All(identifier => policies.For(request.Caller.Tenant).Identity.NamesAMachine(identifier.Kind)))
        {
            return [];
        }

        var found = await identities.FindEarlierAsync(request.Caller.Tenant, [.. request.Identifiers.SelectMany(identifier => identifier.UnderAnyKey())], cancellation);
        List<ProfileId> earlier = [.. found.SelectMany(profiles => profiles).Distinct()];
        var controls = earlier.Count == 0 ? [] : await identities.ReadControlsAsync(request.Caller.Tenant, earlier, cancellation);
        return [.. controls.OfType<Control>().Select(control => control.Profile)];
    }
}
