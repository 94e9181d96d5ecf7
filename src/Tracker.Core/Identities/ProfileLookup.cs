using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Identities;

/// <summary>Finds the profile that a caller names.</summary>
public sealed class ProfileLookup(IIdentityStore identities, IdentifierReader reader)
{
    /// <returns>Null: there is none.</returns>
    public Task<Control?> FindAsync(Caller caller, ProfileReference? reference, CancellationToken cancellation) => FindAsync(caller, reference, "profile", cancellation);

    /// <param name="field">Where in the request the reference stands.</param>
    /// <returns>Null: there is none.</returns>
    public async Task<Control?> FindAsync(Caller caller, ProfileReference? reference, string field, CancellationToken cancellation)
    {
        if (reference?.Id is { } id)
        {
            return await ReadAsync(caller.Tenant, id, cancellation);
        }

        var hash = Hash(caller, [reference?.Identifier ?? new Identifier(IdentifierKind.Unspecified, "")], $"{field}.identifier")[0];
        var found = await identities.FindByAnyKeyAsync(caller.Tenant, [hash], cancellation);
        return found[0] is { } link ? await ReadAsync(caller.Tenant, link.Profile, cancellation) : null;
    }

    /// <exception cref="RefusalException">There is none.</exception>
    public async Task<Control> GetAsync(Caller caller, ProfileReference? reference, CancellationToken cancellation) =>
        await FindAsync(caller, reference, cancellation) ?? throw RefusalException.ProfileNotFound();

    /// <summary>Who a decision is about; an identifier that nobody has yet is somebody new.</summary>
    /// <exception cref="RefusalException">There is no profile of that id.</exception>
    internal async Task<(ProfileId? Profile, IReadOnlyList<IdentifierHash> Identifiers)> WhoSaysNoAsync(Caller caller, ProfileReference reference, CancellationToken cancellation)
    {
        if (reference.Identifier is not { } identifier)
        {
            return ((await GetAsync(caller, reference, cancellation)).Profile, []);
        }

        var (hashes, _) = await HashForNoAsync(caller, [identifier], "profile.identifier", cancellation);
        var found = await identities.FindByAnyKeyAsync(caller.Tenant, hashes, cancellation);
        return (found[0] is { } link ? (await ReadAsync(caller.Tenant, link.Profile, cancellation))?.Profile : null, hashes);
    }

    /// <summary>
    /// For a no, which is taken from whomever it comes: a value that was blocked after it had been linked still leads to
    /// whoever consented by it, and one that leads to nobody is left out where another names the person.
    /// </summary>
    /// <returns>All that lead to somebody or may, and which of them are blocked.</returns>
    /// <exception cref="RefusalException">An identifier names nobody, or none of them leads to somebody.</exception>
    internal async Task<(IReadOnlyList<IdentifierHash> Leading, IReadOnlyList<IdentifierHash> Blocked)> HashForNoAsync(Caller caller, IReadOnlyList<Identifier> identifiers, string path, CancellationToken cancellation)
    {
        List<ReadIdentifier> read = [.. identifiers.Select(identifier => reader.Read(caller, identifier))];
        List<IdentifierHash> blocked = [.. read.Where(found => found.IsBlocked).Select(found => found.Hash)];
        var linked = blocked.Count == 0 ? [] : await identities.FindByAnyKeyAsync(caller.Tenant, blocked, cancellation);
        var unlinked = blocked.Where((_, i) => linked[i] is null).ToHashSet();
        List<Identifier> leading = [.. identifiers.Where((_, i) => !unlinked.Contains(read[i].Hash))];
        return (leading.Count == 0 ? Hash(caller, identifiers, path) : Hash(caller, leading, path, mayBeBlocked: true), blocked);
    }

    /// <exception cref="RefusalException">An identifier names nobody.</exception>
    public IReadOnlyList<IdentifierHash> Hash(Caller caller, IReadOnlyList<Identifier> identifiers, string path) => Hash(caller, identifiers, path, mayBeBlocked: false);

    private List<IdentifierHash> Hash(Caller caller, IReadOnlyList<Identifier> identifiers, string path, bool mayBeBlocked)
    {
        var violations = new Violations();
        List<IdentifierHash> hashes = [];
        for (var i = 0; i < identifiers.Count; i++)
        {
            var field = path.EndsWith(".identifier", StringComparison.Ordinal) ? path : $"{path}[{i}]";
            violations.Require(identifiers[i].Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
            hashes.Add(Read(caller, identifiers[i], field, violations, mayBeBlocked));
        }

        violations.Refuse();
        return hashes;
    }

    /// <param name="path">Where in the request a reference stands.</param>
    /// <returns>For each reference, in order, the hash of its identifier; null where it names the profile itself.</returns>
    /// <exception cref="RefusalException">An identifier names nobody.</exception>
    public IReadOnlyList<IdentifierHash?> Hash(Caller caller, IReadOnlyList<ProfileReference> references, Func<int, string> path)
    {
        var violations = new Violations();
        var hashes = new IdentifierHash?[references.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var field = $"{path(i)}.identifier";
            if (references[i] is { Id: null, Identifier: var identifier })
            {
                var named = identifier ?? new Identifier(IdentifierKind.Unspecified, "");
                violations.Require(named.Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
                hashes[i] = Read(caller, named, field, violations);
            }
        }

        violations.Refuse();
        return hashes;
    }

    /// <summary>A decision or a question by what many people use would be about all of them.</summary>
    private IdentifierHash Read(Caller caller, Identifier identifier, string field, Violations violations, bool mayBeBlocked = false)
    {
        var read = reader.Read(caller, identifier);
        violations.AddIf($"{field}.{read.FindingAt}", read.Finding ?? (read.IsBlocked && !mayBeBlocked ? IdentifierReader.Blocked : null));
        return read.Hash;
    }

    private async Task<Control?> ReadAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        (await identities.ReadControlsAsync(tenant, [profile], cancellation))[0];
}
