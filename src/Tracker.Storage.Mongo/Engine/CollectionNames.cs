namespace Tracker.Storage.Mongo.Engine;

internal static class CollectionNames
{
    public const string Records = "records";
    public const string Controls = "controls";
    public const string Contacts = "contacts";
    public const string Keys = "keys";
    public const string Identifiers = "identifiers";
    public const string Contracts = "contracts";
    public const string Receipts = "receipts";
    public const string Consents = "consents";
    public const string ConsentRequests = "consent_requests";
    public const string Confirmations = "confirmations";
    public const string Notices = "notices";
    public const string Policies = "policies";
    public const string LegalHolds = "legal_holds";
    public const string Rollouts = "rollouts";
    public const string Leases = "leases";
    public const string Errands = "errands";
    public const string Counts = "counts";
    public const string Catalog = "catalog";
    public const string KeyChecks = "key_checks";
    public const string Meta = "meta";
}
