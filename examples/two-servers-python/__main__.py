"""Two FTP servers, one for cameras and one for loggers, each with its own files and users, in an existing VPC.

Their devices share one VPG and one peering, so each is billed once; a device selects its server by address.
"""

import pulumi
import pulumi_canal_ftp as canal_ftp

config = pulumi.Config()
vpc = config.require_object("vpc")
region = pulumi.Config("aws").require("region")

project = pulumi.get_project()
stack = pulumi.get_stack()
name = f"{project}-{stack}"
tags = {"project": project, "stack": stack, "environment": stack}

claim = canal_ftp.SoracomClaim(f"{name}-soracom", coverage="jp", prefix=f"{project}/{stack}")
vpg = canal_ftp.VirtualPrivateGateway(
    f"{name}-vpg",
    coverage="jp",
    region=region,
    owner=claim.owner,
    tags=tags,
)
canal = canal_ftp.Canal(
    f"{name}-canal",
    vpg=vpg.connection,
    vpc_id=vpc["vpcId"],
    vpc_cidr=vpc["cidr"],
    # Each route table once, for any number of servers: it needs one route to the devices.
    route_table_ids=vpc["routeTableIds"],
    tags=tags,
)


def server_for(devices: str) -> canal_ftp.FtpServer:
    """One server with its own files, users and security group."""
    own = f"{name}-{devices}"
    network = canal_ftp.EndpointNetwork(
        f"{own}-network",
        existing=canal_ftp.ExistingVpcArgs(
            vpc_id=vpc["vpcId"],
            cidr=vpc["cidr"],
            subnet_ids=vpc["subnetIds"],
            route_table_ids=vpc["routeTableIds"],
        ),
        allowed_cidr=vpg.cidr,
        tags=tags,
    )
    files = canal_ftp.FileStore(f"{own}-files", tags=tags)
    identity = canal_ftp.IdentityProvider(
        f"{own}-identity",
        grants=canal_ftp.LoginGrantsArgs(
            role_arn=files.role_arn,
            bucket=files.bucket_name,
            bucket_arn=files.bucket_arn,
        ),
        allowed_cidr=vpg.cidr,
        users=[
            canal_ftp.InitialUserArgs(
                name=devices,
                password=config.require_secret(f"{devices}Password"),
            )
        ],
        tags=tags,
    )
    return canal_ftp.FtpServer(
        f"{own}-ftp",
        vpc_id=network.vpc_id,
        subnet_ids=network.subnet_ids,
        security_group_id=network.security_group_id,
        identity=identity.connection,
        tags=tags,
    )


servers = {devices: server_for(devices) for devices in ("cameras", "loggers")}

# SIMs join when the peering is active, and leave before it is deleted.
sims = canal_ftp.SimGroup(
    f"{name}-sims",
    vpg=vpg.connection,
    tags=tags,
    opts=pulumi.ResourceOptions(depends_on=[canal]),
)

# The addresses to enter on devices, by kind of device.
pulumi.export("addresses", {devices: server.private_ips for devices, server in servers.items()})
# Attach SIMs to it in SORACOM's console, or through its API.
pulumi.export("simGroupId", sims.group_id)
