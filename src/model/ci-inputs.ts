/** Values of inputs of jobs and pipelines, by name. Source: https://docs.gitlab.com/ci/jobs/job_inputs/#input-types */
export type CiInputs = Readonly<Record<string, CiInputValue>>;

export type CiInputValue = string | number | boolean | readonly unknown[];
