namespace Tracker.Core.Consents;

/// <summary>Who is responsible, as the notice says; a company, not a person.</summary>
/// <param name="Id">The tenant's own name for it; that of the tenant is the tenant itself.</param>
public sealed record NoticeController(string Id, string Name, string Contact, string Address);
