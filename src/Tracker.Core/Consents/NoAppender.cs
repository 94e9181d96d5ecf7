using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>
/// Appends a no. One that is said by nothing but a machine reaches everybody whom that machine leads or led to, under whatever key: the
/// choice that it takes back may have been made before somebody else named themselves on it, and whose hand it is nobody knows (R-035, E11).
/// One that names a person beside the machine is theirs, and reaches those who never named themselves as well: naming oneself makes no no weaker.
/// </summary>
public sealed class NoAppender(LedgerAppender appender, IIdentityStore identities, PolicyRegister policies)
{
    /// <returns>The answer of whom it is about, or of the first who has what the no is about.</returns>
    internal async Task<ConsentAppended> AppendAsync(LedgerRequest request, Func<LedgerView, LedgerStep> decide, CancellationToken cancellation)
    {
        if (!request.Identifiers.Any(identifier => policies.For(request.Caller.Tenant).Identity.NamesAMachine(identifier.Kind)))
        {
            return await appender.AppendAsync(request, decide, cancellation);
        }

        var (answer, refusal) = await TryAsync(await AsAnsweredBeforeAsync(request, cancellation), decide, cancellation);
        HashSet<ProfileId> told = answer?.Entry is { } entry ? [entry.Profile] : [];
        // Somebody may have named themselves on it meanwhile: until it leads to nobody who has not been told.
        while ((await FindReachedAsync(request, cancellation)).Where(told.Add).ToList() is { Count: > 0 } others)
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
        await appender.FindAnsweredAsync(request, cancellation) is { } profile && (await FindReachedAsync(request, cancellation)).Contains(profile)
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

    /// <returns>All whom the machines lead or led to and, where they are not all that the request names, who never named themselves.</returns>
    private async Task<IReadOnlyList<ProfileId>> FindReachedAsync(LedgerRequest request, CancellationToken cancellation)
    {
        var (tenant, rules) = (request.Caller.Tenant, policies.For(request.Caller.Tenant).Identity);
        List<IdentifierHash> machines = [.. request.Identifiers.Where(identifier => rules.NamesAMachine(identifier.Kind))];
        var found = await identities.FindEverybodyAsync(tenant, [.. machines.SelectMany(machine => machine.UnderAnyKey())], cancellation);
        List<ProfileId> everybody = [.. found.SelectMany(profiles => profiles).Distinct()];
        var controls = everybody.Count == 0 ? [] : await identities.ReadControlsAsync(tenant, everybody, cancellation);
        var isByMachinesAlone = machines.Count == request.Identifiers.Count;
        return [.. controls.OfType<Control>().Where(control => isByMachinesAlone || rules.IsAnonymous(control)).Select(control => control.Profile)];
    }
}
