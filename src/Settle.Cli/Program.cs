namespace Settle.Cli;

internal static class Program
{
    private static int Main()
    {
        Console.WriteLine("settle");
        return 0;
    }
}
