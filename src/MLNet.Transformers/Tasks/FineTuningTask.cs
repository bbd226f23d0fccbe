using System.Text.Json.Nodes;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>What a trainer learns and its transformer does, whatever the model reads.</summary>
internal abstract class FineTuningTask
{
    /// <summary>The name under which the task is saved.</summary>
    public abstract string Name { get; }

    public abstract IReadOnlyList<InputColumn> Inputs { get; }

    public abstract IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>Everything that a saved transformer needs to know of the task.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Refuses data in which a column is missing or of another type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the column.</exception>
    public void Check(DataViewSchema schema, bool isTraining = true)
    {
        foreach (var column in Inputs.Where(column => isTraining || !column.TrainingOnly))
            column.In(schema);
    }

    /// <inheritdoc cref="Check(DataViewSchema, bool)"/>
    public void Check(SchemaShape schema, bool isTraining = true)
    {
        foreach (var column in Inputs.Where(column => isTraining || !column.TrainingOnly))
            column.In(schema);
    }
}
