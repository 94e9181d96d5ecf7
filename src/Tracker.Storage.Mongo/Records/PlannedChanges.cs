using MongoDB.Bson;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Records;

/// <summary>What the interactions of a micro-batch change of their profiles: all that is needed is read first, then one after the other is decided.</summary>
internal sealed class PlannedChanges(StoreTables tables, WriteSession session, TenantId tenant, ProfileDocuments documents, ProfileWriter profiles, bool isCareful)
{
    private Dictionary<BsonValue, ContactDocument> _contacts = [];

    public async Task ApplyAsync(IReadOnlyList<ProfilePlan> plans, CancellationToken cancellation)
    {
        if (plans.Count == 0)
        {
            return;
        }

        await ReadAsync(plans, cancellation);
        foreach (var plan in plans)
        {
            await ApplyAsync(plan, cancellation);
        }
    }

    private async Task ReadAsync(IReadOnlyList<ProfilePlan> plans, CancellationToken cancellation)
    {
        var known = isCareful ? plans : TakeForNew(plans);
        await documents.ReadControlsAsync([.. known.SelectMany(plan => plan.Change.Members.Prepend(plan.Change.Profile)).Distinct()], cancellation);
        await documents.ReadKeysAsync([.. known.Where(NeedsKeys).Select(plan => plan.Change.Profile)], cancellation);
        BsonValue[] contacts = [.. known.Where(plan => plan.Change.Contact is not null).Select(plan => IdOf(plan))];
        _contacts = await tables.Contacts.FindLiveAsync(session, contacts, cancellation);
        var taken = plans.SelectMany(plan => plan.Change.TakenIdentifiers.Keys.Concat(plan.Change.ToUpdate().LinkedUnderOtherKeys));
        await documents.ReadAsync(known.SelectMany(TouchedIdentifiers).Where(identifier => !documents.IsNew(identifier)).Concat(taken), cancellation);
        var contracts = plans.SelectMany(plan => plan.Change.Contracts.Select(contract => contract.Reference));
        await documents.ReadAsync(contracts.Where(contract => !documents.IsNew(contract)), cancellation);
        await documents.ReadAsync([.. known.SelectMany(plan => profiles.ErrandsOf(plan.Change.ToUpdate()))], cancellation);
    }

    /// <returns>The changes of profiles that are there.</returns>
    private List<ProfilePlan> TakeForNew(IReadOnlyList<ProfilePlan> plans)
    {
        foreach (var plan in plans)
        {
            documents.TakeForNew(plan.Change);
        }

        return [.. plans.Where(plan => !plan.Change.IsNew)];
    }

    private IEnumerable<IdentifierHash> TouchedIdentifiers(ProfilePlan plan) => ProfileWriter.TouchedIdentifiers(
        plan.Change.ToUpdate() with { MayEndEarlier = plan.ContactEndsEarlier(ContactOf(plan)) },
        documents.FindControl(plan.Change.Profile),
        plan.UntilWithContact);

    /// <summary>While the end of the profile does not move and nothing is sealed with a new key, its keys stay as they are.</summary>
    private bool NeedsKeys(ProfilePlan plan) => plan.Change.NewKeys.Count > 0
        || plan.Change.Contact is not null
        || documents.FindControl(plan.Change.Profile) is not { } control
        || plan.UntilWithContact > control.ExpireAt;

    private async Task ApplyAsync(ProfilePlan plan, CancellationToken cancellation)
    {
        var update = plan.Change.ToUpdate();
        var control = documents.FindControl(update.Profile);
        var contact = ContactOf(plan);
        plan.IsStale = plan.HasDuplicate || profiles.IsStale(update, control) || plan.Change.Contact?.Follows(contact) == false;
        if (plan.IsStale)
        {
            return;
        }

        var endsEarlier = plan.ContactEndsEarlier(contact);
        var until = endsEarlier ? await CountAnewAsync(plan, cancellation) : plan.UntilWithContact;
        var written = profiles.Apply(update with { MayEndEarlier = endsEarlier }, control, until);
        if (plan.Change.Contact is { } stored)
        {
            tables.Contacts.Put(session, IdOf(plan), stored, ProfileHold.On(RetentionClass.Contact, written.Holds));
        }
    }

    private async Task<DateTimeOffset> CountAnewAsync(ProfilePlan plan, CancellationToken cancellation)
    {
        var ends = new ProfileEnds(tables, session, tenant, plan.Change.Profile);
        return new[] { plan.UntilWithContact, await ends.OfRecordsAsync(cancellation), await ends.OfConsentsAsync(cancellation) }.Max();
    }

    private ContactDocument? ContactOf(ProfilePlan plan) => _contacts.GetValueOrDefault(IdOf(plan));

    private string IdOf(ProfilePlan plan) => DocumentId.Of(tenant, plan.Change.Profile);
}
