using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>While the service runs a refused login counts as an outage; at the start somebody is there to put it right.</summary>
internal static class StoreLogin
{
    private const int Unauthorized = 13;

    /// <exception cref="StoreOpenException">The server answers, and does not let us in or not do this.</exception>
    public static async Task<T> CheckAsync<T>(string database, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is MongoAuthenticationException { InnerException: MongoCommandException } or MongoCommandException { Code: Unauthorized })
        {
            throw StoreOpenException.OfRefusedLogin(database);
        }
    }
}
