using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>
/// Appends a no. One that is said by nothing but a machine reaches everybody whom that machine leads or led to, under whatever key: the
/// choice that it takes back may have been made before somebody else named themselves on it, and whose hand it is nobody knows (R-035, E11).
/// </summary>
public sealed class NoAppender(LedgerAppender appender, IIdentityStore identities, PolicyRegister policies)
{
    /// <returns>The answer of whom the machine leads to, or of the first who has what the no is about.</returns>
    internal async Task<ConsentAppended> AppendAsync(LedgerRequest request, Func<LedgerView, LedgerStep> decide, CancellationToken cancellation)
    {
        if (request.Identifiers.Count == 0 || !request.Identifiers.All(identifier => policies.For(request.Caller.Tenant).Identity.NamesAMachine(identifier.Kind)))
        {
            return await appender.AppendAsync(request, decide, cancellation);
        }

        var (answer, refusal) = await TryAsync(await AsAnsweredBeforeAsync(request, cancellation), decide, cancellation);
        HashSet<ProfileId> told = answer?.Entry is { } entry ? [entry.Profile] : [];
        // Somebody may have named themselves on it meanwhile: until it leads to nobody who has not been told.
        while ((await FindEverybodyAsync(request, cancellation)).Where(told.Add).ToList() is { Count: > 0 } others)
        {
            foreach (var other in others)
            {
                var (one, unknown) = await TryAsync(For(request, other), decide, cancellation);
                answer ??= one;
                refusal ??= unknown;
            }
        }

        return answer ?? throw refusal!;
    }

    /// <summary>A consent that is named stands in one of the ledgers, and whoever has authority over one of them need not have it over another.</summary>
    private async Task<(ConsentAppended? Answer, RefusalException? Refusal)> TryAsync(LedgerRequest request, Func<LedgerView, LedgerStep> decide, CancellationToken cancellation)
    {
        try
        {
            return (await appender.AppendAsync(request, decide, cancellation), null);
        }
        catch (RefusalException refusal) when (refusal.Reason is RefusalReason.ConsentNotFound or RefusalReason.NoAuthority)
        {
            return (null, refusal);
        }
    }

    /// <summary>A retry is answered as the first time, wherever the machine leads by now.</summary>
    private async Task<LedgerRequest> AsAnsweredBeforeAsync(LedgerRequest request, CancellationToken cancellation) =>
        await appender.FindAnsweredAsync(request, cancellation) is { } profile && (await FindEverybodyAsync(request, cancellation)).Contains(profile)
            ? request with { Named = profile }
            : request;

    /// <summary>A retry of the request finds each of them again.</summary>
    private static LedgerRequest For(LedgerRequest request, ProfileId profile) => request with
    {
        Named = profile,
        Identifiers = [],
        RequestId = $"machine/{request.Caller.Source}/{request.RequestId}/{profile}",
        IsOwn = true,
    };

    private async Task<IReadOnlyList<ProfileId>> FindEverybodyAsync(LedgerRequest request, CancellationToken cancellation)
    {
        var found = await identities.FindEverybodyAsync(request.Caller.Tenant, [.. request.Identifiers.SelectMany(identifier => identifier.UnderAnyKey())], cancellation);
        List<ProfileId> everybody = [.. found.SelectMany(profiles => profiles).Distinct()];
        var controls = everybody.Count == 0 ? [] : await identities.ReadControlsAsync(request.Caller.Tenant, everybody, cancellation);
        return [.. controls.OfType<Control>().Select(control => control.Profile)];
    }
}
