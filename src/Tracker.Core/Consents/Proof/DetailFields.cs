using Tracker.Core.Model;

namespace Tracker.Core.Consents.Proof;

/// <summary>Checks the fields of one message of the request, each under its path.</summary>
internal readonly struct DetailFields(Violations violations, string path)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(12);

    public void Text(string field, string value, int maxLength) =>
        violations.AddIf($"{path}.{field}", Model.Text.Check(value, maxLength, isRequired: true) ?? (Model.Text.IsWhole(value) ? null : Model.Text.NoLostCharacters));

    public void Sha256(string field, string value) => violations.Require(IsSha256(value), $"{path}.{field}", "must have 64 hexadecimal digits");

    /// <summary>A clock that is ahead is put up with: what it says is kept as of the arrival (E16).</summary>
    public void Time(string field, DateTimeOffset? at)
    {
        violations.Require(at is not null, $"{path}.{field}", "is required");
        violations.Require(at is null || at >= DateTimeOffset.UnixEpoch, $"{path}.{field}", "must not be before 1970");
    }

    public void Offset(string field, TimeSpan? at) =>
        violations.Require(at >= TimeSpan.Zero && at <= LongestCall, $"{path}.{field}", "is required, from 0 to 12 hours");

    public void Ip(string field, string value) => violations.Require(IpMask.IsAddress(value), $"{path}.{field}", "must be an IP address");

    public void Require(bool holds, string field, string description) => violations.Require(holds, $"{path}.{field}", description);

    public static bool IsSha256(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigit);
}
