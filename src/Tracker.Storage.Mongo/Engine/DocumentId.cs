using System.Globalization;
using MongoDB.Bson;
using Tracker.Core.Catalog;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>
/// The _id of every document but records and leases: text that begins with the tenant. No tenant contains the separator, so
/// none is the prefix of another; numbers have a fixed width, so that text sorts as they do.
/// </summary>
internal static class DocumentId
{
    private const char Separator = ':';
    private const char AfterSeparator = ';';

    public static string Of(TenantId tenant, ProfileId profile) => $"{tenant.Value}:{profile.Value:N}";

    public static string Of(TenantId tenant, IdentifierHash identifier) => $"{tenant.Value}:{identifier}";

    public static string OfReceipt(TenantId tenant, IdentifierHash receipt, InteractionKey interaction) => $"{OfReceipts(tenant, receipt)}{interaction}";

    /// <summary>What the ids of all links of a number begin with.</summary>
    public static string OfReceipts(TenantId tenant, IdentifierHash receipt) => $"{tenant.Value}:{receipt}:";

    public static string Of(TenantId tenant, UInt128 hash) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}:{hash:x32}");

    public static string OfEntry(string owner, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{owner}:{sequence:x16}");

    public static string OfNotice(TenantId tenant, string id, string version) => $"{OfNotices(tenant, id)}{version}";

    /// <summary>What the ids of all versions of a notice begin with; the length tells "a:b" from "a" and ":b".</summary>
    public static string OfNotices(TenantId tenant, string id) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}:{id.Length}:{id}:");

    public static string OfPolicy(TenantId tenant, ReadOnlyMemory<byte> sha256) => $"{tenant.Value}:{Convert.ToHexStringLower(sha256.Span)}";

    public static string OfNamed(TenantId tenant, string id) => $"{tenant.Value}:{id}";

    public static string OfCatalog(TenantId tenant, CatalogKind kind, string id) => $"{OfCatalog(tenant, kind)}{id}";

    public static string OfCatalog(TenantId tenant, CatalogKind kind) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}:{(byte)kind:x2}:");

    public static string OfCount(CountRecord count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count.Tenant.Value}:{count.Key.Day:x4}{count.Key.Hash:x32}");

    public static string OfErrand(Errand errand) => $"{DueOf(errand.DueAt)}:{Of(errand.Tenant, errand.Profile)}";

    /// <summary>What the ids of errands due at that instant begin with.</summary>
    public static string DueOf(DateTimeOffset dueAt) =>
        Math.Max(0, dueAt.ToUnixTimeMilliseconds()).ToString("x16", CultureInfo.InvariantCulture);

    public static string Of(BackgroundWork work) => EnumNames<BackgroundWork>.Of(work);

    public static string OfKeyCheck(TenantId tenant, byte version) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}:{version:x2}");

    public static TenantId TenantOf(string id) => new(id[..id.IndexOf(Separator, StringComparison.Ordinal)]);

    public static ProfileId ProfileOf(string owner) => new(Guid.ParseExact(owner.AsSpan(owner.IndexOf(Separator, StringComparison.Ordinal) + 1), "N"));

    /// <summary>All of a tenant, or those after one of them.</summary>
    public static BsonDocument Within(TenantId tenant, string? after = null) => Within($"{tenant.Value}{Separator}", after);

    /// <param name="prefix">Ends with a separator.</param>
    /// <param name="after">An id, whether it is there or not.</param>
    public static BsonDocument Within(string prefix, string? after = null) => new("_id", new BsonDocument
    {
        { "$gt", after ?? prefix },
        { "$lt", prefix[..^1] + AfterSeparator },
    });
}
