namespace Tracker.Core.Tests.Architecture;

/// <param name="ShownBy">Test names, or the part where it will be done.</param>
internal sealed record ComplianceRow(string Id, string Title, string ShownBy);
