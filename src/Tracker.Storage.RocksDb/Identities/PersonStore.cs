using Tracker.Core.Identities;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class PersonStore(StoreTables tables) : IPersonStore
{
    public async Task<bool> ChangeAsync(PersonChange change, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var profiles = new ProfileWriter(tables, session, change.Tenant, tables.Engine.Now);
        foreach (var member in change.Profiles)
        {
            var update = member.ToUpdate(change.Reviews);
            if (profiles.FindControl(member.Read.Profile) is not { } control || update.IsOvertaken(control))
            {
                return false;
            }

            profiles.Apply(update, control, control.ExpireAt);
        }

        session.Commit();
        return true;
    }
}
