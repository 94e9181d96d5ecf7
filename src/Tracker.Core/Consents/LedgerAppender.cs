using Tracker.Core.Consents.Proof;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// Appends one decision: reads the profile, lets the decision be made on what was read, and writes it under the epoch it was
/// made under. A repeat of a request is answered with the first entry, and writes nothing.
/// </summary>
public sealed class LedgerAppender(
    IConsentStore store,
    IIdentityStore identities,
    IKeyStore keyStore,
    KeyedHasher hasher,
    DataKeys dataKeys,
    LedgerPreparation preparation,
    OtherProfilesReader merged,
    PolicyRegister policies,
    TimeProvider time)
{
    // Two writers on one profile: the loser reads again. More than a few rounds mean something else is wrong.
    private const int MaxAttempts = 10;

    private static readonly Violation RequestIdReused = new("request_id", "was used for another decision; every decision needs its own");

    internal async Task<ConsentAppended> AppendAsync(LedgerRequest request, Func<LedgerView, LedgerStep> decide, CancellationToken cancellation)
    {
        var hash = HashOf(request);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (resolution, elsewhere) = request.Named is null ? await ResolveAsync(request, cancellation) : (Resolution.Of(request.Named.Value), []);
            var (view, keys) = await ReadAsync(request.Caller.Tenant, resolution, cancellation);
            view = view with { Others = await ReadAsync(request.Caller.Tenant, elsewhere, cancellation), Left = resolution.Left };
            if (!request.IsOwn && await store.FindRepeatAsync(request.Caller.Tenant, hash, cancellation) is { Entry: { } first } repeat)
            {
                return Repeated(request, view, repeat, first);
            }

            var step = decide(view);
            if (step.IsKnown)
            {
                return new ConsentAppended(step.Entry, view.Control?.ConsentEpoch ?? 0, IsRepeat: true);
            }

            var append = preparation.Prepare(request, view, resolution, keys, step with { Entry = step.Entry with { RequestHash = hash } });
            var answer = await store.AppendAsync(append, cancellation);
            if (answer.Entry is { } entry)
            {
                return answer.IsRepeat ? Repeated(request, view, answer, entry) : answer with { ConfirmationTokens = step.Tokens };
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <returns>Whose ledger has the answer to a request already; null: it has none yet.</returns>
    internal async Task<ProfileId?> FindAnsweredAsync(LedgerRequest request, CancellationToken cancellation) =>
        (await store.FindRepeatAsync(request.Caller.Tenant, HashOf(request), cancellation))?.Entry?.Profile;

    private UInt128 HashOf(LedgerRequest request) => request.IsOwn
        ? hasher.OwnRequest(request.Caller.Tenant, request.RequestId)
        : hasher.Request(request.Caller.Tenant, request.Caller.Source, request.RequestId);

    // A withdrawal answered with another decision's entry would be acknowledged and lost.
    private static ConsentAppended Repeated(LedgerRequest request, LedgerView view, ConsentAppended repeat, ConsentEntry entry) =>
        entry.Profile == view.Profile && entry.StatedAt == request.StatedAt?.ToStored() && request.IsSame(entry) && request.IsKnown(entry, view) ? repeat : throw RefusalException.InvalidRequest([RequestIdReused]);

    private async Task<(LedgerView View, ProfileKeys? Keys)> ReadAsync(TenantId tenant, Resolution resolution, CancellationToken cancellation)
    {
        var control = resolution.Profile is { } found ? (await identities.ReadControlsAsync(tenant, [found], cancellation))[0] : null;
        var now = time.GetUtcNow().ToStored();
        var policy = policies.For(tenant);
        var profile = control?.Profile ?? ProfileId.New(now);
        var ledger = control is null ? [] : (await store.ReadAsync(tenant, [profile], cancellation))[0];
        var keys = control is null ? null : (await keyStore.ReadAsync(tenant, [profile], cancellation))[0];
        var person = await merged.ReadAsync(control, cancellation);
        return (
            new LedgerView
            {
                Profile = profile,
                Control = control,
                Ledger = ledger,
                Person = person,
                History = person.Fold(ledger, Activity.Of(control, policy)),
                Age = control is null ? null : dataKeys.Open(control, keys),
                Policy = policy,
                Now = now,
                Open = entry => dataKeys.Open(entry, keys),
            },
            keys);
    }

    private async Task<IReadOnlyList<OtherPerson>> ReadAsync(TenantId tenant, IReadOnlyList<(IdentifierKind By, ProfileId Profile)> elsewhere, CancellationToken cancellation)
    {
        if (elsewhere.Count == 0)
        {
            return [];
        }

        var ledgers = await store.ReadAsync(tenant, [.. elsewhere.Select(other => other.Profile)], cancellation);
        return [.. elsewhere.Zip(ledgers, (other, ledger) => new OtherPerson(other.By, ledger, policies.For(tenant)))];
    }

    private async Task<(Resolution Resolution, IReadOnlyList<(IdentifierKind By, ProfileId Profile)> Elsewhere)> ResolveAsync(LedgerRequest request, CancellationToken cancellation)
    {
        var hashes = request.Identifiers;
        var tenant = request.Caller.Tenant;
        var found = await identities.FindByAnyKeyAsync(tenant, hashes, cancellation);
        var controls = await identities.ReadControlsAsync(tenant, [.. found.OfType<(ProfileId Profile, IdentifierHash By)>().Select(link => link.Profile).Distinct()], cancellation);
        var known = controls.OfType<Control>().ToDictionary(control => control.Profile);
        // A machine whose last holder is gone leads nowhere, whomever it led to before.
        var links = hashes.Zip(found)
            .Where(pair => pair.Second is { } link && known.ContainsKey(link.Profile))
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second?.Profile);
        var numbers = await merged.ReadNumbersAsync(tenant, [.. known.Values], cancellation);
        var resolution = IdentityResolver.Resolve(
            hashes,
            policies.For(tenant).Identity,
            hash => links.GetValueOrDefault(hash),
            profile => known[profile].Identifiers.Concat(numbers.GetValueOrDefault(profile, []))).OfSomebody();
        // What many people use leads nobody to anybody, also where a no by it is taken.
        var own = resolution.Taken.Where(taken => !request.Blocked.Contains(taken.Key)).ToDictionary();
        // A machine leads to whoever used it; what names a person does not.
        return (resolution with { Taken = own }, [.. links.Where(link => policies.For(tenant).Identity.NamesAPerson(link.Key.Kind) && link.Value != resolution.Profile).Select(link => (link.Key.Kind, link.Value!.Value))]);
    }
}
