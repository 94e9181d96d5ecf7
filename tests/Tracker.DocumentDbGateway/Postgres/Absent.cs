namespace Tracker.DocumentDbGateway.Postgres;

/// <summary>NULL of a type that is not bytea.</summary>
internal enum Absent
{
    Text,
}
