namespace Tracker.Core.Consents;

/// <summary>Who else receives the data, as the notice says.</summary>
/// <param name="Role">Such as "PROCESSOR" or "CONTROLLER".</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record NoticeRecipient(string Id, string Role, string Country);
