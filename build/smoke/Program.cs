// Whether a stack works on this machine: one tensor that libtorch adds up, and one MLContext that reads it back.
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

using var sum = torch.ones(2, 3).sum();
var context = new MLContext(seed: 1);
var rows = context.Data.LoadFromEnumerable([new Row { Sum = sum.item<float>() }]);
var read = rows.GetColumn<float>(nameof(Row.Sum)).Single();
Console.WriteLine($"a tensor that adds up to {read}, read through an MLContext");
return read == 6 ? 0 : 1;

internal sealed class Row
{
    public float Sum { get; set; }
}
