using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>The tests that share a server.</summary>
[CollectionDefinition]
public sealed class SharedCouch : ICollectionFixture<CouchFixture>;
