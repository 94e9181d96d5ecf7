using Tracker.Core.Model;

namespace Tracker.Core.Consents;

public interface IConsentStore
{
    /// <summary>
    /// Appends one entry, raises the profile's consent_epoch by one, and extends control, keys, identifiers and the
    /// notice to live as long as the entry, all at once and durable on return. From then on no commit decided under an
    /// earlier epoch is accepted. Where entries are restamped, the profile's own end is counted anew from all that is left
    /// under it, because it may come earlier with them. The person epoch of the other profiles of the person goes up with it, and its
    /// reviews are asked for of them as well.
    /// </summary>
    Task<ConsentAppended> AppendAsync(ConsentAppend append, CancellationToken cancellation);

    /// <returns>For each profile, in order, its entries by sequence; expired ones are left out, but while a legal hold keeps evidence.</returns>
    Task<IReadOnlyList<IReadOnlyList<ConsentEntry>>> ReadAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation);

    /// <returns>The first answer to this request; null if there was none or it has expired.</returns>
    Task<ConsentAppended?> FindRepeatAsync(TenantId tenant, UInt128 requestHash, CancellationToken cancellation);

    /// <returns>The entry that waits for the confirmation with this keyed hash; null if there is none or it has expired.</returns>
    Task<ConsentEntry?> FindConfirmationAsync(TenantId tenant, UInt128 confirmation, CancellationToken cancellation);
}
