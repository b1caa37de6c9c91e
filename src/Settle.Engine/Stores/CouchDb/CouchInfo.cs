namespace Settle.Stores.CouchDb;

/// <summary>What a database says of itself when it is opened.</summary>
/// <param name="Copies">In how many copies each document is kept.</param>
/// <param name="Instance">When it was made, as its files' names say it.</param>
/// <param name="BodyBytesMax">The largest document it takes, as far as it says so.</param>
internal sealed record CouchInfo(int Copies, string Instance, int BodyBytesMax);
