using System.Text.Json;

namespace Tracker.Storage.RocksDb.Dump;

/// <summary>Writes the fields of one document into an object that is already open.</summary>
internal delegate void WriteDocument<in T>(Utf8JsonWriter json, byte[] key, T document);
