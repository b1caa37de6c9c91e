namespace Settle.Tests.Sites;

/// <summary>Tips and blocks that are none.</summary>
internal static class NonsenseSite
{
    public static ScriptedServer Of(string ledger) => Of($$"""
        {"ledger":"{{ledger}}","site":"evil","items":[
        {"site":"../main","height":-5,"hash":""},
        {"site":"north","height":99,"hash":"00"}]}
        """, """{"items":[{"_id":"block:north:000000000001","height":1}],"next":"2"}""");

    /// <summary>Answers with these tips, and everything else with one answer.</summary>
    public static ScriptedServer Of(string tips, string others) => Of(() => tips, _ => others);

    public static ScriptedServer Of(
        Func<string> tips, Func<ScriptedServer.Asked, string> others) => new()
        {
            Answer = asked => (200, asked.Path.EndsWith("/tips", StringComparison.Ordinal)
                ? tips() : others(asked)),
        };
}
