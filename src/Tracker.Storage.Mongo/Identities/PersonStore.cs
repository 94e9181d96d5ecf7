using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class PersonStore(StoreTables tables) : IPersonStore
{
    public Task<bool> ChangeAsync(PersonChange change, CancellationToken cancellation) => tables.Engine.WriteAsync(
        async (session, token) =>
        {
            List<ProfileUpdate> updates = [.. change.Profiles.Select(member => member.ToUpdate(change.Reviews))];
            List<ProfileId> profiles = [.. updates.Select(update => update.Profile)];
            await ControlClaim.TakeAsync(tables, session, change.Tenant, profiles, token);
            var documents = new ProfileDocuments(tables, session, change.Tenant);
            await documents.ReadControlsAsync(profiles, token);
            if (updates.Exists(update => update.IsOvertaken(documents.FindControl(update.Profile))))
            {
                return false;
            }

            var writer = new ProfileWriter(tables, session, documents);
            foreach (var update in updates)
            {
                var control = documents.FindControl(update.Profile)!;
                writer.Apply(update, control, control.ExpireAt);
            }

            return true;
        },
        cancellation);
}
