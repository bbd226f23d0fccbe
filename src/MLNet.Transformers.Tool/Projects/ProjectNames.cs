using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects.Code;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>What things are called in the code of a project.</summary>
/// <param name="Class">The class that trains and predicts: the project's name.</param>
/// <param name="Namespace">The namespace of all code, which is not named as the class is, so that the two are not mistaken for each other.</param>
/// <param name="Inputs">The properties of <c>ModelInput</c>, in the order of the columns; ignored columns have none.</param>
/// <param name="Outputs">The properties of <c>ModelOutput</c>, the answer first.</param>
internal sealed record ProjectNames(string Class, string Namespace, IReadOnlyList<InputProperty> Inputs, IReadOnlyList<OutputProperty> Outputs)
{
    /// <summary>The names of a project.</summary>
    public static ProjectNames Of(TrainedProject project) => new(
        project.Job.Name,
        $"{project.Job.Name}App",
        InputsOf(project.Setup.Dataset),
        OutputsOf(project));

    /// <summary>The property of a purpose.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public InputProperty this[ColumnPurpose purpose] => Inputs.Single(input => input.Purpose == purpose);

    private static IReadOnlyList<InputProperty> InputsOf(Dataset dataset)
    {
        var taken = TakenBy("ModelInput");
        return dataset switch
        {
            TabularDataset table =>
            [
                .. table.Columns.Where(column => column.Purpose != ColumnPurpose.Ignore).Select(column => new InputProperty(
                    CSharpText.Property(column.Name, taken), TypeName(column), column.Name, column.Index, column.Purpose)),
            ],
            ImageFolderDataset =>
            [
                new("Label", "string", ImageFolderDataset.LabelColumnName, 0, ColumnPurpose.Label),
                new("ImageSource", "byte[]", ImageFolderDataset.ImageColumnName, 1, ColumnPurpose.Image),
            ],
            _ => throw new NotSupportedException($"No class can be made of the columns of a {dataset.GetType().Name}."),
        };
    }

    private static IReadOnlyList<OutputProperty> OutputsOf(TrainedProject project)
    {
        var taken = TakenBy("ModelOutput");
        return [.. project.Job.Scenario.Answers(project.Options).Select(column => new OutputProperty(CSharpText.Property(column.Name, taken), column))];
    }

    // What every object has, and the name of the class, cannot name a property.
    private static HashSet<string> TakenBy(string className) => [className, .. typeof(object).GetMethods().Select(method => method.Name)];

    private static string TypeName(DatasetColumn column) => column.Kind switch
    {
        DataKind.String => "string",
        DataKind.Single => "float",
        DataKind.Boolean => "bool",
        DataKind.Int32 => "int",
        _ => throw new NotSupportedException($"The column '{column.Name}' is of the type {column.Kind}, which no property is made of."),
    };
}
