using Grpc.Core;

namespace Tracker.Server.Security;

/// <summary>The API key of a call, from "authorization: Bearer" or "x-api-key".</summary>
internal static class ApiKey
{
    private const string Scheme = "Bearer ";

    /// <returns>Whether there is a header that should have been a key and is none; what it holds is never told.</returns>
    public static bool IsMissingScheme(Metadata headers) => headers.GetValue("authorization") is not null && Find(headers) is null;

    public static string? Find(Metadata headers)
    {
        var authorization = headers.GetValue("authorization");
        return authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : headers.GetValue("x-api-key");
    }
}
